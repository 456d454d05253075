package io.urubu.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Measures methods as the compiler's parser sees them. */
final class MethodLengths {
  private MethodLengths() {}

  /** Methods with more lines than that, each as file, name and length. */
  static Set<String> longerThan(int limit, Collection<Path> files) throws IOException {
    Set<String> found = new TreeSet<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        unit.accept(new Measure(unit, positions, limit, found), null);
      }
    }
    return found;
  }

  private static final class Measure extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final int limit;
    private final Set<String> found;

    Measure(CompilationUnitTree unit, SourcePositions positions, int limit, Set<String> found) {
      this.unit = unit;
      this.positions = positions;
      this.limit = limit;
      this.found = found;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      long end = positions.getEndPosition(unit, method);
      if (end >= 0) {
        var lines = unit.getLineMap();
        long length =
            lines.getLineNumber(end)
                - lines.getLineNumber(positions.getStartPosition(unit, method))
                + 1;
        if (length > limit) {
          found.add(unit.getSourceFile().getName() + ": " + method.getName() + ": " + length);
        }
      }
      return super.visitMethod(method, null);
    }
  }
}

package io.urubu.classad.function;

import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Evaluation;
import io.urubu.classad.eval.Items;
import java.util.List;
import java.util.OptionalDouble;

/** quantize(): rounding up to a multiple, or to one of a list of sizes. */
final class QuantizeFunction {
  private QuantizeFunction() {}

  static void register(Table table) {
    table.add("quantize", 2, 2, QuantizeFunction::quantize);
  }

  private static Datum quantize(List<Datum> arguments, Evaluation evaluation) {
    Datum value = arguments.get(0);
    Datum quantum = arguments.get(1);
    OptionalDouble number = Conversion.number(value);
    if (number.isEmpty()) {
      return Conversion.wrong("quantize", value);
    }
    return quantum instanceof Items sizes
        ? fitting(value, number.getAsDouble(), sizes, evaluation)
        : multiple(value, number.getAsDouble(), quantum);
  }

  /** The first size that is large enough; past the last one, a multiple of it. */
  private static Datum fitting(Datum value, double number, Items sizes, Evaluation evaluation) {
    Datum size = value;
    for (int i = 0; i < sizes.size(); i++) {
      size = sizes.item(i, evaluation);
      OptionalDouble limit = Conversion.number(size);
      if (limit.isEmpty()) {
        return Conversion.wrong("quantize", size);
      }
      if (limit.getAsDouble() >= number) {
        return size;
      }
    }
    return sizes.size() == 0 ? value : multiple(value, number, size);
  }

  private static Datum multiple(Datum value, double number, Datum quantum) {
    OptionalDouble given = Conversion.number(quantum);
    if (given.isEmpty()) {
      return Conversion.wrong("quantize", quantum);
    }
    double step = given.getAsDouble();
    if (step == 0) {
      return value;
    }
    if (value instanceof Datum.Int(long a) && quantum instanceof Datum.Int(long b)) {
      return Datum.of((a + b - 1) / b * b);
    }
    return Datum.of(Math.ceil(number / step) * step);
  }
}

/**
 * The ClassAd language: ads that describe jobs and machines, and expressions about them.
 *
 * <p>An {@link io.urubu.classad.ClassAd} is a list of attributes: {@code Memory = 2048}, {@code
 * Start = LoadAvg < 0.3}. A value may be an expression, which is evaluated each time it is asked
 * for, in the ad that it stands in. Two ads match if each one's {@code Requirements} holds of the
 * other ({@link io.urubu.classad.Match}; {@link io.urubu.classad.Matcher} for one against many);
 * {@code Rank} says how much one wants the other. {@link io.urubu.classad.AdIndex} searches many
 * ads; {@link io.urubu.classad.Ads} reads and writes files of them. The language is that of
 * HTCondor 23.9.6, with its peculiarities (see its manual, chapter "ClassAds"); what this page
 * leaves out is as in C.
 *
 * <h2>The rules of evaluation</h2>
 *
 * <ol>
 *   <li><b>Evaluation always ends in a {@link io.urubu.classad.Value}.</b> What is not there is
 *       <i>undefined</i>; what makes no sense, such as {@code 1 + "a"}, is an <i>error</i>. Both
 *       are values and go on through operators: an error wins, then undefined. Java exceptions are
 *       for texts that do not parse only.
 *   <li><b>{@code &&} and {@code ||} know three truths</b>: {@code undefined && false} is false,
 *       {@code undefined && true} is undefined. They run from left to right and stop as soon as the
 *       answer is known, an error included: {@code false && error} is false, {@code error && false}
 *       is an error. Numbers count as truths, strings do not.
 *   <li><b>{@code ==} on strings ignores case</b> and is undefined if a side is. {@code =?=} ("is")
 *       and {@code =!=} ("isnt") are never undefined: they ask for the same kind and the same
 *       value, with case: {@code undefined =?= undefined} is true.
 *   <li><b>A bare name</b> is looked for in the ad in which it is written, then in the ads around
 *       that one, and in a match then in the other ad. {@code MY.x} looks in its own ad only,
 *       {@code TARGET.x} in the other one only. Names ignore case.
 *   <li><b>An attribute of the other ad is evaluated as the other ad sees it</b>: there, MY is that
 *       ad and TARGET is ours.
 *   <li><b>{@code Requirements} holds if it is true</b> or a number other than zero. Undefined, an
 *       error, a string, or no Requirements at all do not hold. A Rank that is no number is 0.
 *   <li><b>Lists and ads are evaluated on access</b>: {@code {1 + 1, x}[0]} is 2, whatever x is.
 *   <li><b>Everything has a limit</b> (class {@code limit.Limits}): a cycle, more than 400
 *       attributes in a row, too many steps or too long a string abort the whole evaluation. The
 *       value is then {@link io.urubu.classad.Value.Aborted} with the reason; it is no error that
 *       {@code isError()} could see, and never a match.
 * </ol>
 *
 * <h2>Example: a job meets a machine</h2>
 *
 * <pre>
 * MY     = [Owner = "anna"; RequestMemory = 512 * 2; MinLoad = 0.3;
 *           Requirements = Arch == "x86_64" &amp;&amp; Memory &gt;= RequestMemory &amp;&amp; TARGET.LoadAvg &lt; MinLoad;
 *           Rank = TARGET.Mips / 1000.0 + (TARGET.Owner =?= MY.Owner ? 10 : 0)]
 * TARGET = [Arch = "X86_64"; Memory = 2048; LoadAvg = 0.05; Mips = 12500; Owner = "bert";
 *           Start = KeyboardIdle &gt; 900 || TARGET.Owner == MY.Owner; KeyboardIdle = 1200;
 *           Requirements = Start &amp;&amp; RequestMemory &lt;= Memory]
 *
 * Requirements          is  true
 * Arch                  is  "X86_64"
 * MY.Arch               is  undefined
 * Memory - RequestMemory  is  1024
 * TARGET.Requirements   is  true
 * Rank                  is  12.5
 * TARGET.Owner =?= Owner  is  false
 * </pre>
 *
 * The job's {@code Arch} and {@code Memory} are found in the machine's ad, since the job has none
 * of its own; {@code RequestMemory} is its own. In {@code TARGET.Requirements} the machine is MY:
 * {@code Start} is its own, and {@code RequestMemory} is what it finds in the job.
 *
 * <h2>Example: what is not known</h2>
 *
 * <pre>
 * MY     = [HasGpu = undefined; Disk = "much"; Cpus = 4; List = {1, Cpus, Gone};
 *           Nested = [Cpus = 2; Twice = Cpus * 2; Outer = Disk]; Loop = Loop + 1]
 *
 * HasGpu                is  undefined
 * HasGpu == true        is  undefined
 * HasGpu =?= true       is  false
 * HasGpu &amp;&amp; Cpus &gt; 8     is  false
 * HasGpu || Cpus &gt; 2     is  true
 * !HasGpu || Gone &gt; 1   is  undefined
 * Disk &gt; 1000           is  error
 * Cpus &gt; 8 &amp;&amp; Disk &gt; 1000  is  false
 * isError(Disk &gt; 1000)  is  true
 * Gone ?: 7             is  7
 * List[1] + List[0]     is  5
 * List[2]               is  undefined
 * Nested.Twice          is  4
 * Nested.Outer          is  "much"
 * Loop                  is  aborted
 * isError(Loop)         is  aborted
 * </pre>
 *
 * A policy that must not depend on an attribute's being there says {@code HasGpu =?= true}, or
 * {@code HasGpu ?: false}. {@code Nested.Outer} shows that an ad within another sees what is around
 * it.
 *
 * <h2>In a program</h2>
 *
 * <pre>
 * ClassAd job = ClassAd.parse(text);
 * Matcher matcher = Matcher.of(job);                    // prepared once
 * List&lt;ClassAd&gt; suitable = AdIndex.of(machines).matching(matcher).toList();
 * Expression busy = Expression.parse("LoadAvg &gt; 0.5 &amp;&amp; KeyboardIdle &lt; 60");
 * boolean holds = busy.isTrue(machine);
 * System.out.print(Match.explain(job, machine, InstantSource.system()).left().toText());
 * </pre>
 *
 * All types are immutable but for builders, readers and writers; any thread may use them.
 */
@NullMarked
package io.urubu.classad;

import org.jspecify.annotations.NullMarked;

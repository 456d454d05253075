// Measures HTCondor's own ClassAd library (libclassad) with the ads and expressions that
// `benchmarks/run classad write FOLDER` writes. Prints name, value and unit, tabs between them, as
// the benchmarks of this project do. Usage: classad FOLDER [plain]; "plain" turns the library's
// cache of equal expressions off, which the daemons that hold many ads have on.
#include <classad/classad_distribution.h>
#include <classad/classadCache.h>
#include <malloc.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

using classad::ClassAd;
using classad::ExprTree;
using Ads = std::vector<std::unique_ptr<ClassAd>>;

static const size_t kTexts = 2000;
static const double kShortest = 1.0;

static double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static void print(const std::string& name, double value, const char* unit) {
  printf("%s\t%.4g\t%s\n", name.c_str(), value, unit);
  fflush(stdout);
}

static void check(const std::string& name, long value) {
  printf("check.%s\t%ld\t\n", name.c_str(), value);
}

// Runs the work once to warm up, then until it has used enough time; prints the time per operation.
static void measure(const std::string& name, double operations, double units, const char* unit,
                    const std::function<void()>& work) {
  work();
  long rounds = 0;
  double begin = cpu_seconds();
  double used;
  do {
    work();
    rounds++;
    used = cpu_seconds() - begin;
  } while (used < kShortest);
  print(name, used * units / (operations * rounds), unit);
}

static long resident_bytes() {
  std::ifstream in("/proc/self/statm");
  long total, resident;
  in >> total >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

static std::string slurp(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// As HTCondor reads long form: a line is a name and an expression in old syntax.
static void insert_line(ClassAd& ad, const char* line, size_t length) {
  const char* equals = static_cast<const char*>(memchr(line, '=', length));
  if (!equals) return;
  size_t name = equals - line;
  while (name > 0 && line[name - 1] == ' ') name--;
  const char* value = equals + 1;
  while (value < line + length && *value == ' ') value++;
  if (!ad.InsertViaCache(std::string(line, name), std::string(value, line + length - value))) {
    fprintf(stderr, "cannot read: %.*s\n", static_cast<int>(length), line);
    exit(1);
  }
}

static std::unique_ptr<ClassAd> parse_lines(const std::string& text) {
  auto ad = std::make_unique<ClassAd>();
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    const char* stop = static_cast<const char*>(memchr(at, '\n', end - at));
    if (!stop) stop = end;
    if (stop > at) insert_line(*ad, at, stop - at);
    at = stop + 1;
  }
  return ad;
}

// Calls back with each ad's text, so that the texts need not be held.
static void each_text(const std::string& path, const std::function<bool(const std::string&)>& use) {
  std::ifstream in(path);
  std::string line, text;
  while (std::getline(in, line)) {
    if (!line.empty()) {
      text += line;
      text += '\n';
    } else {
      if (!use(text)) return;
      text.clear();
    }
  }
  if (!text.empty()) use(text);
}

static void measure_reading(const std::string& folder) {
  std::vector<std::string> lines, bracketed;
  each_text(folder + "/machines.long", [&](const std::string& text) {
    lines.push_back(text);
    return lines.size() < kTexts;
  });
  std::ifstream in(folder + "/machines.new");
  for (std::string line; bracketed.size() < kTexts && std::getline(in, line);)
    bracketed.push_back(line);
  measure("longForm", kTexts, 1e9, "ns/op", [&] {
    for (const auto& text : lines) parse_lines(text);
  });
  measure("newSyntax", kTexts, 1e9, "ns/op", [&] {
    classad::ClassAdParser parser;
    for (const auto& text : bracketed) {
      std::unique_ptr<ClassAd> ad(parser.ParseClassAd(text));
      if (!ad) exit(1);
    }
  });
  std::string requirements = slurp(folder + "/requirements.expression");
  measure("requirements", 1000, 1e9, "ns/op", [&] {
    classad::ClassAdParser parser;
    for (int i = 0; i < 1000; i++)
      std::unique_ptr<ExprTree> tree(parser.ParseExpression(requirements));
  });
}

static Ads read_all(const std::string& folder) {
  Ads ads;
  malloc_trim(0);
  size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
  long resident = resident_bytes();
  each_text(folder + "/machines.long", [&](const std::string& text) {
    ads.push_back(parse_lines(text));
    return true;
  });
  print("memory", (mallinfo2().uordblks + mallinfo2().hblkhd - before) / double(ads.size()), "bytes/ad");
  print("memory.resident", (resident_bytes() - resident) / double(ads.size()), "bytes/ad");
  return ads;
}

// The pair stands in the library's match ad as HTCondor's negotiator puts it there.
struct Pair {
  classad::MatchClassAd match;
  ClassAd& job;

  explicit Pair(ClassAd& job) : job(job) { match.ReplaceLeftAd(&job); }
  ~Pair() { match.RemoveLeftAd(); }

  void with(ClassAd& machine) {
    match.ReplaceRightAd(&machine);
    job.alternateScope = &machine;
    machine.alternateScope = &job;
  }

  void without(ClassAd& machine) {
    machine.alternateScope = nullptr;
    job.alternateScope = nullptr;
    match.RemoveRightAd();
  }

  double rank() {
    double value = 0;
    return job.EvaluateAttrNumber("Rank", value) ? value : 0;
  }
};

static void measure_matching(const Ads& ads, ClassAd& job) {
  Pair pair(job);
  long matches = 0, accepted = 0;
  double ranks = 0;
  measure("match", ads.size(), 1e9, "ns/op", [&] {
    matches = 0;
    ranks = 0;
    for (const auto& machine : ads) {
      pair.with(*machine);
      if (pair.match.symmetricMatch()) {
        matches++;
        ranks += pair.rank();
      }
      pair.without(*machine);
    }
  });
  double sum = 0;
  measure("everything", ads.size(), 1e9, "ns/op", [&] {
    accepted = 0;
    for (const auto& machine : ads) {
      pair.with(*machine);
      sum += pair.match.rightMatchesLeft();
      accepted += pair.match.leftMatchesRight();
      sum += pair.rank();
      pair.without(*machine);
    }
  });
  check("matches", matches);
  check("accepted", accepted);
  check("ranks", std::lround(ranks));
}

static bool holds(const ClassAd& ad, const ExprTree* tree) {
  classad::Value value;
  bool result = false;
  return ad.EvaluateExpr(tree, value) && value.IsBooleanValueEquiv(result) && result;
}

static void measure_expression(const Ads& ads, const std::string& folder, const std::string& name,
                               double operations, double units, const char* unit) {
  std::string text = slurp(folder + "/" + name + ".expression");
  std::vector<const ClassAd*> found;
  measure(name, operations, units, unit, [&] {
    found.clear();
    classad::ClassAdParser parser;
    std::unique_ptr<ExprTree> tree(parser.ParseExpression(text));
    for (const auto& ad : ads)
      if (holds(*ad, tree.get())) found.push_back(ad.get());
  });
  check(name, found.size());
}

int main(int count, char** arguments) {
  if (count < 2) {
    fprintf(stderr, "usage: classad FOLDER [plain]\n");
    return 64;
  }
  std::string folder = arguments[1];
  classad::ClassAdSetExpressionCaching(count < 3);
  classad::SetOldClassAdSemantics(true);
  Ads ads = read_all(folder);
  auto job = parse_lines(slurp(folder + "/job.long"));
  measure_matching(ads, *job);
  for (const char* name : {"eightComparisons", "twentyTimesEight"})
    measure_expression(ads, folder, name, ads.size(), 1e9, "ns/op");
  for (const char* name : {"scan.large", "scan.none", "scan.one"})
    measure_expression(ads, folder, name, 1, 1e6, "us/op");
  measure_reading(folder);
  long attributes = 0;
  for (const auto& ad : ads) attributes += ad->size();
  check("attributes", attributes);
}

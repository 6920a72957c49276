#include "tests/simulation/run.hpp"

#include <exception>
#include <memory>

#include "stores/memory/memory_journal.hpp"
#include "tests/actors/requests.hpp"
#include "tests/simulation/oracle/verdict.hpp"
#include "tests/simulation/tills/till.hpp"
#include "tests/simulation/world/operator.hpp"

namespace gongji::simulation {
namespace {

using std::chrono::milliseconds;

constexpr Time kRestWithin{std::chrono::seconds{120}};
constexpr Time kQuiet{std::chrono::seconds{3}};  // longer than any message is under way

// Somewhere around the end of Shanghai's insurance year 2026, on 30 June.
std::chrono::nanoseconds first_instant(Random& chance) {
  constexpr std::chrono::sys_days kBeginning{std::chrono::year{2026} / 5 / 20};
  return kBeginning.time_since_epoch() + std::chrono::hours{chance.between(0, 60 * 24)};
}

ScheduleOptions schedule_options(Random& chance) {
  static const std::vector<unsigned> kPreemptions{0, 10, 50, 200};
  ScheduleOptions options;
  options.preempt_per_mille = chance.pick(kPreemptions);
  options.step_max = std::chrono::microseconds{chance.between(1, 20)};
  options.wall = first_instant(chance);
  return options;
}

class Run {
 public:
  Run(Random chance, const PolicySource& policies, const RunOptions& options)
      : trace_(options.traced),
        policies_(policies),
        schedule_(chance.fork(), schedule_options(chance)),
        world_(schedule_, policies, world_options(options), trace_),
        operator_(world_),
        town_chance_(chance.fork()),
        town_(town_chance_),
        faults_(world_, options.mode),
        tills_(static_cast<unsigned>(chance.between(2, 10))) {}

  RunResult result() {
    try {
      schedule_.run([this] { play(); });
      if (world_.oracle().complaints().empty()) judge_all();
    } catch (const std::exception& error) {
      world_.oracle().complain(error.what());
      world_.abandon();
    }
    RunResult result;
    result.complaints = world_.oracle().complaints();
    result.faults = faults_.drawn();
    result.steps = schedule_.steps();
    result.records = world_.disk().safe_upto().number();
    result.epochs = world_.disk().epoch().number();
    result.answers = world_.oracle().answers().size();
    result.simulated = schedule_.now();
    result.digest = schedule_.digest();
    return result;
  }

 private:
  // Where a bug is planted, waiting for ever is how it may show, and costs. The first 2,000 seeds
  // without a bug need no more than the shorter time either.
  static std::chrono::minutes patience(Bug bug) {
    return std::chrono::minutes{bug == Bug::kNone ? 30 : 1};
  }

  static WorldOptions world_options(const RunOptions& options) {
    WorldOptions world;
    world.bug = options.bug;
    world.operations = options.operations;
    if (options.mode == Mode::kAnyFaults) world.answer_within = patience(options.bug);
    return world;
  }

  void play() {
    const auto supervisor = schedule_.start([this] { world_.supervise(); });
    for (const Person& person : town_.persons())
      (void)world_.ask_until_answered(world_.message(actors::test::enrol(person)));
    let_the_tills_work();
    come_to_rest();
    world_.close();
    schedule_.join(supervisor);
    while (schedule_.living() > 1) schedule_.sleep(milliseconds{10});
  }

  void let_the_tills_work() {
    const auto first = schedule_.start([this] { faults_.run(); });
    const auto second = schedule_.start([this] { faults_.run(); });
    std::vector<std::unique_ptr<Till>> tills;
    std::vector<Schedule::Number> fibers;
    for (unsigned i = 0; i < tills_; ++i) {
      tills.push_back(std::make_unique<Till>(world_, town_, i));
      fibers.push_back(schedule_.start([till = tills.back().get()] { till->run(); }));
    }
    for (const auto fiber : fibers) schedule_.join(fiber);
    faults_.stop();
    schedule_.join(first);
    schedule_.join(second);
    faults_.mend();
  }

  // One more restart, which finishes what was interrupted; then everybody who has no answer asks
  // again, and what is owed to others is carried to them.
  void come_to_rest() {
    world_.crash_all();
    for (const MessagePtr& message : world_.all_messages())
      if (!message->settled && !give_up_) give_up_ = !world_.ask_until_answered(message);
    wait_for_rest();
    for (const Person& person : town_.persons())
      if (!give_up_) look_at(person.id.text());
    if (!give_up_)
      wait_for_rest();  // who was woken by the question may have had to be parted from others
  }

  void wait_for_rest() {
    const Time limit = schedule_.now() + kRestWithin;
    Sequence seen;
    while (schedule_.now() < limit && (!at_rest() || seen != world_.disk().safe_upto())) {
      seen = world_.disk().safe_upto();
      schedule_.sleep(kQuiet);
    }
    if (!at_rest()) world_.oracle().complain("does not come to rest");
  }

  bool at_rest() {
    Node* const node = world_.serving();
    return node != nullptr && node->settled() && node->projected();
  }

  void look_at(const std::string& person) {
    const MessagePtr question = world_.question(actors::test::person(person));
    const auto reply = world_.ask_until_answered(question);
    give_up_ = !reply;
    if (const auto* found = reply ? std::get_if<PersonFound>(&*reply) : nullptr)
      shown_.push_back(*found);
  }

  void judge_all() {
    auto journal = stores::MemoryJournal::open(world_.take_disk());
    if (!journal) return world_.oracle().complain(journal.error().message);
    trace_.journal(**journal);
    judge(world_.oracle(), {**journal, world_.disk(), *world_.redis().balances(),
                            policies_.current()->profiles, shown_});
  }

  Trace trace_;
  const PolicySource& policies_;
  Schedule schedule_;
  World world_;
  Operator operator_;
  Random town_chance_;
  Town town_;
  Faults faults_;
  const unsigned tills_;
  bool give_up_ = false;
  std::vector<PersonFound> shown_;
};

}  // namespace

RunResult run_seed(std::uint64_t seed, const PolicySource& policies, const RunOptions& options) {
  const auto run = std::make_unique<Run>(Random{seed}, policies, options);
  return run->result();
}

}  // namespace gongji::simulation

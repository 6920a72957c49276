#include "tests/simulation/world/trace.hpp"

#include "app/gongjictl/journal_text.hpp"

namespace gongji::simulation {

void Trace::journal(const JournalStore& store) {
  if (!on_) return;
  (void)store.scan(Sequence{1}, [](const RecordPtr& record) {
    std::printf("epoch %llu after %llu: %s\n",
                static_cast<unsigned long long>(record->epoch.number()),
                static_cast<unsigned long long>(record->previous.number()),
                ctl::record_line(*record).c_str());
    return true;
  });
}

}  // namespace gongji::simulation

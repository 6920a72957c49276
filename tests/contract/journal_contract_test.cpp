// What every JournalStore must do (ports/journal_store.hpp).
#include <thread>

#include "stores/codec/frame.hpp"
#include "tests/contract/store_contract.hpp"

namespace gongji::stores::testing {
namespace {

class JournalContract : public StoreContract {
 protected:
  // Groups 1, 2-4, 5-6.
  void write_three_groups() {
    write({history_.enrol(kWang, "wang", Fen{10'000})});
    write({history_.enrol(kLi, "li", Fen{500}), history_.settle(kWang, "wang", Fen{300}),
           history_.refuse(kLi)});
    write({history_.tombstone(), history_.settle(kLi, "li", Fen{200})});
  }
  [[nodiscard]] std::string refusal_of(Epoch epoch, const std::vector<RecordPtr>& records) {
    const auto appended = store_->append(epoch, records);
    return appended.ok() ? "" : appended.error().message;
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, JournalContract, ::testing::ValuesIn(places()), name_of);

TEST_P(JournalContract, ANewJournalIsEmpty) {
  EXPECT_EQ(store_->head().durable, Sequence{});
  EXPECT_EQ(store_->head().epoch, Epoch{1});
  EXPECT_EQ(store_->head().chain, Digest{});
  EXPECT_EQ(scanned(Sequence{1}), "");
  EXPECT_FALSE(store_->read(Sequence{1}).ok());
}

TEST_P(JournalContract, EveryRecordCanBeRead) {
  write_three_groups();
  for (const RecordPtr& written : history_.records()) {
    const auto read = store_->read(written->sequence);
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(**read, *written);
  }
  EXPECT_FALSE(store_->read(Sequence{}).ok());
  EXPECT_FALSE(store_->read(Sequence{7}).ok());
}

TEST_P(JournalContract, AScanVisitsAllInOrderFromAnywhere) {
  write_three_groups();
  EXPECT_EQ(scanned(Sequence{}), "1 2 3 4 5 6 ");
  EXPECT_EQ(scanned(Sequence{1}), "1 2 3 4 5 6 ");
  EXPECT_EQ(scanned(Sequence{3}), "3 4 5 6 ");
  EXPECT_EQ(scanned(Sequence{6}), "6 ");
  EXPECT_EQ(scanned(Sequence{7}), "");
  EXPECT_EQ(scanned(Sequence{99}), "");
}

TEST_P(JournalContract, AScanStopsWhenTheVisitorHasSeenEnough) {
  write_three_groups();
  int seen = 0;
  const auto status = store_->scan(Sequence{1}, [&](const RecordPtr&) { return ++seen < 3; });
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(seen, 3);
}

TEST_P(JournalContract, AVisitorMayUseTheStore) {
  write_three_groups();
  const auto status = store_->scan(Sequence{1}, [&](const RecordPtr& record) {
    return store_->read(record->sequence).ok() && !store_->head().durable.is_none();
  });
  EXPECT_TRUE(status.ok());
}

TEST_P(JournalContract, TheHeadFollowsAndItsChainCoversEverything) {
  write({history_.enrol(kWang, "wang", Fen{10'000})});
  const JournalHead first = store_->head();
  EXPECT_EQ(first.durable, Sequence{1});
  EXPECT_NE(first.chain, Digest{});
  write({history_.settle(kWang, "wang", Fen{300})});
  EXPECT_EQ(store_->head().durable, Sequence{2});
  EXPECT_NE(store_->head().chain, first.chain);
}

TEST_P(JournalContract, NothingToAppendIsNoGroup) {
  EXPECT_EQ(refusal_of(Epoch{1}, {}), "");
  EXPECT_EQ(store_->head().durable, Sequence{});
}

TEST_P(JournalContract, GapsAndRepeatsAreRefusedAndChangeNothing) {
  write_three_groups();
  const auto first = history_.records().front();
  EXPECT_EQ(refusal_of(Epoch{1}, {first}), "journal: refused record 1 where 7 comes next");
  const auto skipped = history_.refuse(kLi);
  const auto eighth = history_.refuse(kLi);
  EXPECT_EQ(refusal_of(Epoch{1}, {eighth}), "journal: refused record 8 where 7 comes next");
  const auto ninth = history_.refuse(kLi);
  EXPECT_EQ(refusal_of(Epoch{1}, {skipped, ninth}), "journal: refused record 9 where 8 comes next");
  EXPECT_EQ(store_->head().durable, Sequence{6});
  write({skipped, eighth, ninth});
  EXPECT_EQ(scanned(Sequence{7}), "7 8 9 ");
}

TEST_P(JournalContract, AnotherEpochIsRefused) {
  const auto record = history_.enrol(kWang, "wang", Fen{1});
  EXPECT_NE(refusal_of(Epoch{2}, {record}).find("epoch 2"), std::string::npos);
  EXPECT_NE(refusal_of(Epoch{}, {record}), "");
  auto forged = std::make_shared<JournalRecord>(*record);
  forged->epoch = Epoch{9};
  EXPECT_NE(refusal_of(Epoch{1}, {forged}), "");
  EXPECT_EQ(store_->head().durable, Sequence{});
}

TEST_P(JournalContract, ReopeningKeepsAllAndTakesTheNextEpoch) {
  write_three_groups();
  const JournalHead before = store_->head();
  reopen();
  EXPECT_EQ(store_->head().durable, before.durable);
  EXPECT_EQ(store_->head().chain, before.chain);
  EXPECT_EQ(store_->head().epoch, before.epoch.next());
  write({history_.refuse(kLi)});
  EXPECT_EQ(scanned(Sequence{1}), "1 2 3 4 5 6 7 ");
}

TEST_P(JournalContract, AnOlderOwnersGroupIsRefused) {
  write_three_groups();
  const Epoch older = store_->head().epoch;
  const auto late = history_.refuse(kLi);  // still of the older epoch
  reopen();
  EXPECT_NE(refusal_of(older, {late}).find("owned by epoch 2"), std::string::npos);
  EXPECT_EQ(scanned(Sequence{1}), "1 2 3 4 5 6 ");
}

TEST_P(JournalContract, AHeldPlaceIsNotOpenedTwice) {
  write_three_groups();
  const auto second = place_->open();
  ASSERT_FALSE(second.ok());
  write({history_.refuse(kLi)});  // the first owner goes on, in its epoch
  EXPECT_EQ(store_->head().epoch, Epoch{1});
}

TEST_P(JournalContract, ReadersDoNotDisturbTheWriter) {
  write({history_.enrol(kWang, "wang", Fen{10'000})});
  std::vector<RecordPtr> records;
  for (int i = 0; i < 200; ++i) records.push_back(history_.refuse(kWang));
  std::atomic<bool> stop{false};
  std::atomic<int> failures{0};
  std::thread reader{[&] {
    while (!stop) {
      const Sequence durable = store_->head().durable;
      if (!store_->read(durable).ok()) ++failures;
      if (!store_->scan(durable, [](const RecordPtr&) { return true; }).ok()) ++failures;
      if (!store_->load(kWang).ok()) ++failures;
    }
  }};
  for (const RecordPtr& record : records) write({record});
  stop = true;
  reader.join();
  EXPECT_EQ(failures, 0);
}

struct Damage {
  const char* what;
  void (*change)(std::string& frame);
  const char* error;
};

const Damage kDamages[] = {
    {"a bit of a record",
     [](std::string& frame) { frame[200] = static_cast<char>(frame[200] ^ 1); },
     "record 2: the chain hash of its group is wrong"},
    {"the end torn off", [](std::string& frame) { frame.resize(frame.size() - 5); },
     "record 2: the chain hash of its group is wrong"},
    {"all but the head torn off", [](std::string& frame) { frame.resize(80); },
     "record 2: ends too early"},
    {"nothing left", [](std::string& frame) { frame.clear(); }, "record 2: ends too early"},
    {"another version", [](std::string& frame) { frame[0] = 7; },
     "record 2: unknown group version"},
    {"another previous chain, rehashed",
     [](std::string& frame) {
       frame[40] = static_cast<char>(frame[40] ^ 1);
       const Digest chain = chain_of(frame);
       std::copy(chain.begin(), chain.end(), frame.begin() + 1);
     },
     "record 2: does not continue the chain before it"},
    {"a byte of record 3, rehashed",
     [](std::string& frame) {
       const std::size_t first_length =
           static_cast<std::uint8_t>(frame[87]) * 256U + static_cast<std::uint8_t>(frame[88]);
       frame[85 + 4 + first_length + 4 + 1] ^= 8;  // its sequence
       const Digest chain = chain_of(frame);
       std::copy(chain.begin(), chain.end(), frame.begin() + 1);
     },
     "record 3: record has another sequence"},
};

TEST_P(JournalContract, AScanNamesWhereTheJournalIsDamaged) {
  write_three_groups();
  for (const auto& [what, change, error] : kDamages) {
    close();
    std::string intact;
    place_->change_group(Sequence{2}, [&](std::string& frame) {
      intact = frame;
      change(frame);
    });
    // The memory store reads all when it opens and may say it there.
    auto opened = place_->open();
    std::string told = opened.ok() ? "" : opened.error().message;
    if (opened) {
      store_ = std::move(opened).value();
      const Scan scan = scan_from(Sequence{1});
      told = scan.error;
      EXPECT_TRUE(scan.seen == "1 " || scan.seen == "1 2 ") << what << ": " << scan.seen;
    }
    EXPECT_NE(told.find(error), std::string::npos) << what << ": " << told;
    close();
    place_->change_group(Sequence{2}, [&](std::string& frame) { frame = intact; });
  }
  reopen();
  EXPECT_EQ(scanned(Sequence{1}), "1 2 3 4 5 6 ");
}

TEST_P(JournalContract, ADamagedLastGroupIsFoundWhenOpening) {
  write_three_groups();
  close();
  place_->change_group(Sequence{5}, [](std::string& frame) { frame.back() = '!'; });
  const auto opened = place_->open();
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(opened.error().message.find("record 5"), std::string::npos) << opened.error().message;
}

// The first record of the group claims another version; the chain fits.
void set_version(std::string& frame, std::uint8_t version) {
  frame[89] = static_cast<char>(version);
  const Digest chain = chain_of(frame);
  std::copy(chain.begin(), chain.end(), frame.begin() + 1);
}

TEST_P(JournalContract, AJournalOfAnotherRecordVersionIsRefusedAndLeftAsItIs) {
  write_three_groups();
  const Epoch before = store_->head().epoch;
  close();
  place_->change_group(Sequence{5}, [](std::string& frame) { set_version(frame, 1); });
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto opened = place_->open();
    ASSERT_FALSE(opened.ok());
    const std::string& told = opened.error().message;
    EXPECT_NE(told.find("record 5: it has format version 1, but this program reads and writes "
                        "version 2. Nothing was changed: run the program that wrote this data "
                        "directory, or start this one on a new directory"),
              std::string::npos)
        << told;
  }
  place_->change_group(Sequence{5}, [](std::string& frame) { set_version(frame, 2); });
  reopen();
  EXPECT_EQ(store_->head().epoch, before.next()) << "the refused openings took none";
  EXPECT_EQ(scanned(Sequence{1}), "1 2 3 4 5 6 ");
}

TEST_P(JournalContract, AMissingGroupIsFound) {
  write_three_groups();
  close();
  place_->remove_group(Sequence{2});
  auto opened = place_->open();
  std::string told = opened.ok() ? "" : opened.error().message;
  if (opened) {
    store_ = std::move(opened).value();
    told = scan_from(Sequence{1}).error;
    EXPECT_FALSE(store_->read(Sequence{3}).ok());
  }
  EXPECT_NE(told.find("record 2: is missing"), std::string::npos) << told;
}

TEST_P(JournalContract, AMissingFirstGroupIsFound) {
  write_three_groups();
  close();
  place_->remove_group(Sequence{1});
  auto opened = place_->open();
  std::string told = opened.ok() ? "" : opened.error().message;
  if (opened) {
    store_ = std::move(opened).value();
    told = scan_from(Sequence{1}).error;
    EXPECT_FALSE(store_->read(Sequence{1}).ok());
  }
  EXPECT_NE(told.find("record 1: is missing"), std::string::npos) << told;
}

}  // namespace
}  // namespace gongji::stores::testing

// What can be asked of the reconciliation desk, already valid in form.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "domain/time.hpp"
#include "gateway/reconciliation/byte_blocks.hpp"
#include "gateway/reconciliation/totals.hpp"
#include "ports/institutions.hpp"

namespace gongji::gateway::reconciliation {

// Both ends inclusive.
struct Days {
  CivilDate from;
  CivilDate to;
};

// Which lines of whose ledger, read how.
struct LedgerQuery {
  InstitutionCode institution;
  Days days;
  Selection selection;
  bool cancel_as_two_lines = false;
  std::shared_ptr<const Policy> policy;
};

// 3201
struct TotalsOrder {
  LedgerQuery query;
  Totals stated;            // the institution's own
  bool six_digits = false;  // of stmt_rslt
};
// 3202
struct CompareOrder {
  LedgerQuery query;
  std::string file_number;
  bool six_digits = false;  // of stmt_rslt in the result
};
// 9101
struct UploadOrder {
  InstitutionCode institution;
  std::string filename;
  ByteBlocks file;
};
// 9102
struct DownloadOrder {
  InstitutionCode institution;
  std::string file_number;
};

using Order = std::variant<TotalsOrder, CompareOrder, UploadOrder, DownloadOrder>;

}  // namespace gongji::gateway::reconciliation

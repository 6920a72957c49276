// The messages of docs/wire.md's examples, and what the service decides on them.
#pragma once

#include <string>

#include "tests/gateway/wire/wire_bench.hpp"

namespace gongji::gateway::testing {

// Pharmacy: 86.50, of which 20.00 is outside the scope.
inline const std::string kSaleInput =
    R"({"druginfo":{"psn_no":"44010000000000000000000088",)"
    R"("mdtrt_cert_type":"01","mdtrt_cert_no":"EC-TOKEN-EXAMPLE-0001",)"
    R"("begntime":"2026-11-22 10:15:00","medfee_sumamt":86.50,"fulamt_ownpay_amt":20.00,)"
    R"("invono":"","insutype":"310","dise_codg":"","dise_name":"","acct_used_flag":"1",)"
    R"("med_type":"41"},"drugdetail":[{"feedetl_sn":"1","rxno":"","rx_circ_flag":"0",)"
    R"("fee_ocur_time":"2026-11-22 10:15:00","med_list_codg":"XA00000000000000000001",)"
    R"("medins_list_codg":"D000123","det_item_fee_sumamt":56.50,"cnt":2,"pric":28.25},)"
    R"({"feedetl_sn":"2","med_list_codg":"XA00000000000000000002","medins_list_codg":"D000456",)"
    R"("det_item_fee_sumamt":30.00,"cnt":1,"pric":30.00}]})";
inline const Decided kSaleDecided{
    {Fen{2000}, Fen{4650}, Fen{0}}, Fen{0}, Reason::kNone, false, false};

// Outpatient: 240.00, of which 115.50 was paid by the pool.
inline const std::string kBillInput =
    R"({"data":{"psn_no":"44010000000000000000000088",)"
    R"("mdtrt_cert_type":"02","mdtrt_cert_no":"440100199001010010","med_type":"11",)"
    R"("medfee_sumamt":"240.00","psn_setlway":"01","mdtrt_id":"M2026112200000077",)"
    R"("chrg_bchno":"B20261122000913","insutype":"310","acct_used_flag":"1",)"
    R"("invono":"0012345678","fund_pay_sumamt":"115.50","fulamt_ownpay_amt":"10.00",)"
    R"("overlmt_selfpay":"0.00","preselfpay_amt":"15.00","inscp_scp_amt":"215.00"}})";
inline const Decided kBillDecided{{Fen{0}, Fen{11450}, Fen{0}}, Fen{0}, Reason::kNone, true, {}};

inline std::string sale(std::string_view msgid = "P44010600123202611221015300007") {
  return message("2102", kPharmacy, kSaleInput, msgid);
}
inline std::string bill(std::string_view msgid = "H44010600456202611221102050031") {
  return message("2207", kHospital, kBillInput, msgid);
}

}  // namespace gongji::gateway::testing

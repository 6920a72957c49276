// The contribution certificate (缴费证明, SX-36): proof that a premium or a commercial product was
// paid from a family member's account, as data for programs and as a sheet to view, save and print.
// The gateway supplies the data and a check code; layout and official seal belong to the issuer.
//
// How one is issued:
//   data.check_code = make_check_code(key, sequence, canonical_text(data));
//   Result<std::string, RenderError> bytes = render(data, CertificateForm::kPdf);
//
// Plain values, any thread. The same data gives the same bytes in every form: no clock is read.
// Drawing a sheet costs tens of milliseconds of processor time: not for a thread that serves
// sockets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/ids.hpp"
#include "domain/money.hpp"
#include "domain/result.hpp"
#include "domain/time.hpp"

namespace gongji::gateway::certificate {

// Only money that was paid has a certificate. One that was paid back keeps it, marked as void, so
// that whoever holds the older sheet can be told.
enum class CertificateStatus : std::uint8_t { kPaid, kReversed };

enum class CertificateForm : std::uint8_t { kJson, kSvg, kPng, kPdf };

// Everything a certificate says. Fill it from the journal record alone, so that the check code of a
// sheet printed today still verifies after a person was renamed or moved. Texts are valid UTF-8.
// Names and numbers are given in full; rendering masks what a sheet may not show.
struct CertificateData {
  std::string contribution_id;  // "C20261122000000000042"
  CertificateStatus status = CertificateStatus::kPaid;
  PersonId psn_no;  // who is insured by the payment
  std::string psn_name;
  std::string certno;      // shown masked in every form
  std::string payer_name;  // whose account paid; shown as 张* in every form
  std::string purpose;     // "RESIDENT_PREMIUM", "COMMERCIAL"
  std::string product;     // "" or "HUHUIBAO"
  int year = 0;            // insurance year
  Fen amount;
  Instant paid_at;
  std::string area;  // insuplc_admdvs of the insured person
  std::string profile_id;
  Instant issued_at;
  std::string check_code;
  bool operator==(const CertificateData&) const = default;
};

struct RenderError {
  std::string sentence;  // for the log
};

// What the check code signs: every field that was settled by the payment. Status, time of issue and
// the code itself are left out, so one payment has one code for good.
std::string canonical_text(const CertificateData& data);

// The bytes of one form. Fails when the drawing library does or no Chinese font is installed.
Result<std::string, RenderError> render(const CertificateData& data, CertificateForm form);

std::string_view media_type(CertificateForm form);

// Where a code is verified, "/v1/certificates/<code>"; also what the sheet's QR code carries.
std::string verification_path(std::string_view check_code);

}  // namespace gongji::gateway::certificate

#include "domain/reason.hpp"

#include <array>
#include <cstdlib>

namespace gongji {
namespace {

using enum Reason;
using Step = NextStep;

constexpr std::array<ReasonInfo, kReasonLast + 1> kTable{{
    {kNone, "", Step::kNone, ""},
    {kNotEmployee, "E_NOT_EMPLOYEE", Step::kAgency, "组建人（授权人）须为本地职工医保参保人"},
    {kNoCarryover, "E_NO_CARRYOVER", Step::kNone, "个人账户历年结余为零，暂不能组建家庭共济网"},
    {kAccountUnusable, "E_ACCOUNT_UNUSABLE", Step::kAgency,
     "共济账户已冻结或注销，本次不能使用共济资金"},
    {kRelationNotAllowed, "E_REL_NOT_ALLOWED", Step::kNone, "该亲属关系不在家庭共济范围内"},
    {kSelf, "E_SELF", Step::kCorrect, "不能把本人加为自己的共济成员"},
    {kNotInsured, "E_NOT_INSURED", Step::kAgency, "参保人当前未在本地正常参保"},
    {kSuspended, "E_SUSPENDED", Step::kAgency, "参保状态为暂停，恢复参保后可使用家庭共济"},
    {kAlreadyInNetwork, "E_ALREADY_IN_NETWORK", Step::kOnline,
     "已在一个家庭共济网内，请先退出再加入"},
    {kAlreadyBound, "E_ALREADY_BOUND", Step::kOrganiser,
     "同一时段已被其他授权人绑定，请先由其解除绑定"},
    {kChainAuthoriser, "E_CHAIN_AUTH", Step::kOrganiser, "授权期内的授权人不能同时作为被授权人"},
    {kChainBeneficiary, "E_CHAIN_BENEF", Step::kOrganiser, "授权期内的被授权人不能再作为授权人"},
    {kModeEmpty, "E_MODE_EMPTY", Step::kCorrect,
     "共济支付、共济缴费至少选择一种；停止使用请撤销共济网"},
    {kModeUnconfirmed, "E_MODE_UNCONFIRMED", Step::kOrganiser,
     "组建人尚未确认共济方式，成员暂不能使用"},
    {kModeOff, "E_MODE_OFF", Step::kOrganiser, "组建人未开通该共济方式"},
    {kNotStarted, "E_NOT_STARTED", Step::kWait, "家庭共济服务尚未开始使用"},
    {kNoNetwork, "E_NO_NETWORK", Step::kOnline, "未加入家庭共济网，不能使用共济资金"},
    {kWindow, "E_WINDOW", Step::kOrganiser, "不在授权有效期内，不能使用共济资金"},
    {kFundEmpty, "E_FUND_EMPTY", Step::kNone, "家庭共济资金已用完，请用现金支付"},
    {kFloor, "E_FLOOR", Step::kNone, "授权人账户余额未超过留存额，不能共济，请用现金支付"},
    {kQuota, "E_QUOTA", Step::kOrganiser, "共济授权额度不足，请由授权人解绑后重新授权"},
    {kQuotaOverShareable, "E_QUOTA_OVER_SHAREABLE", Step::kCorrect, "授权金额超过可共济余额"},
    {kRebindRequired, "E_REBIND_REQUIRED", Step::kOrganiser, "调整授权须先解除绑定，再重新绑定"},
    {kPurpose, "E_PURPOSE", Step::kNone, "家庭共济资金不能用于该项缴费"},
    {kInsufficientPremium, "E_INSUFFICIENT_PREMIUM", Step::kNone, "可用共济资金不足以支付全额保费"},
    {kTaxPending, "E_TAX_PENDING", Step::kWait, "税务缴费信息撤销处理中，请1-2天后再缴费"},
    {kDuplicateInsured, "E_DUP_INSURED", Step::kOnline, "存在重复参保，请先选定医保主账号"},
    {kWrongMain, "E_WRONG_MAIN", Step::kOnline, "医保主账号选择有误，请先更正"},
    {kPlaceChanged, "E_PLACE_CHANGED", Step::kOrganiser, "参保地已变更，请解绑后重新绑定"},
    {kOutOfProvince, "E_OUT_OF_PROVINCE", Step::kWallet,
     "共济资金仅限参保地范围内使用，跨省请使用医保钱包"},
    {kNotDesignated, "E_NOT_DESIGNATED", Step::kNone, "该机构不是定点医药机构，不能使用共济资金"},
    {kNotOwnCard, "E_NOT_OWN_CARD", Step::kOwnCard, "须持本人医保卡（码）结算，卡码不能共用"},
    {kForbiddenView, "E_FORBIDDEN_VIEW", Step::kNone, "无权查看该信息"},
    {kIdempotency, "E_IDEMPOTENCY", Step::kCorrect, "同一报文编号的内容与首次不一致"},
    {kAlreadyReversed, "E_ALREADY_REVERSED", Step::kNone, "该笔结算已被冲正"},
    {kQuoteStale, "E_QUOTE_STALE", Step::kConfirm,
     "费用分担与预结算不同，请按新的分担向患者确认后重新结算"},
    {kNoPerson, "E_NO_PERSON", Step::kCorrect, "未找到该参保人"},
    {kUnknownInfno, "E_UNKNOWN_INFNO", Step::kCorrect, "不支持的交易编号"},
    {kField, "E_FIELD", Step::kCorrect, "报文字段有误"},
    {kIdentity, "E_IDENTITY", Step::kCorrect, "金额之间不平衡"},
    {kNoSettlement, "E_NO_SETTLEMENT", Step::kCorrect, "未找到该笔结算"},
    {kPossibleDuplicate, "E_POSSIBLE_DUPLICATE", Step::kQuery, "疑似重复结算，请先查询上一笔结果"},
    {kReversedBeforeArrival, "E_REVERSED_BEFORE_ARRIVAL", Step::kCorrect,
     "该报文在到达前已被冲正，未记账"},
    {kAlreadyPaid, "E_ALREADY_PAID", Step::kNone, "该项保费已缴纳"},
    {kNoFile, "E_NO_FILE", Step::kCorrect, "未找到该对账文件"},
    {kForbidden, "E_FORBIDDEN", Step::kNone, "无权办理该业务"},
    {kNotFound, "E_NOT_FOUND", Step::kCorrect, "未找到所请求的内容"},
    {kUnauthenticated, "E_UNAUTHENTICATED", Step::kCorrect, "身份验证未通过"},
    {kNoActingPerson, "E_NO_ACTING_PERSON", Step::kCorrect, "缺少办理人（X-Acting-Person）"},
    {kBusy, "E_BUSY", Step::kRetry, "系统繁忙，本报文未处理，请稍后用同一报文编号重发"},
    {kDeadline, "E_DEADLINE", Step::kRetry, "处理超时，本报文未处理，请用同一报文编号重发"},
    {kUnknownOutcome, "E_UNKNOWN", Step::kQuery, "结果未知，请用2602查询或发送2601冲正"},
}};

}  // namespace

const ReasonInfo& info(Reason reason) {
  const auto index = static_cast<std::size_t>(reason);
  if (index >= kTable.size()) std::abort();
  return kTable[index];
}

std::optional<Reason> reason_from_code(std::string_view code) {
  for (const ReasonInfo& entry : kTable)
    if (entry.code == code) return entry.reason;
  return std::nullopt;
}

std::string_view to_text(NextStep step) {
  switch (step) {
    case NextStep::kNone: return "NONE";
    case NextStep::kOnline: return "ONLINE";
    case NextStep::kAgency: return "AGENCY";
    case NextStep::kWallet: return "WALLET";
    case NextStep::kOrganiser: return "ORGANISER";
    case NextStep::kOwnCard: return "OWN_CARD";
    case NextStep::kConfirm: return "CONFIRM";
    case NextStep::kCorrect: return "CORRECT";
    case NextStep::kRetry: return "RETRY";
    case NextStep::kQuery: return "QUERY";
    case NextStep::kWait: return "WAIT";
  }
  std::abort();
}

}  // namespace gongji

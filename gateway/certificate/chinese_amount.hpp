// An amount of money in Chinese capitals (人民币大写), as cheques and receipts carry it beside the
// digits: 400.00 is 人民币肆佰元整, 325.04 is 人民币叁佰贰拾伍元零肆分. 整 closes an amount without
// fen. Covers every Fen there is; negative amounts read 人民币负….
#pragma once

#include <string>

#include "domain/money.hpp"

namespace gongji::gateway::certificate {

std::string to_chinese_capitals(Fen amount);

}  // namespace gongji::gateway::certificate

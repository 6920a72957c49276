// SHA-256 and what is made of it: the digest of a business input, the hashes under which messages,
// business facts and enrolments are known, and the MAC of a quote. Any thread.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "domain/ids.hpp"

namespace gongji::gateway::wire {

Digest sha256(std::string_view text);
Digest hmac_sha256(std::span<const std::uint8_t> key, std::string_view text);

// First 16 bytes of SHA-256 over the parts, each preceded by its length as four big-endian bytes,
// so that no two lists of parts give the same bytes.
KeyHash key_hash(std::initializer_list<std::string_view> parts);

// The names under which the index knows things. These hashes are stored: never change a list.
KeyHash message_key_hash(const MessageKey& key);
KeyHash certno_alias(std::string_view certno);
KeyHash card_alias(std::string_view card_no);

// Takes the same time wherever the two differ; the lengths are not secret.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace gongji::gateway::wire

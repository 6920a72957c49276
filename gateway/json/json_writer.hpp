// Appends JSON to a string. Commas are its business, order is the caller's; money is written with
// exactly two decimals from whole fen. Text must be valid UTF-8 (everything read is).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/money.hpp"

namespace gongji::gateway::json {

class JsonWriter {
 public:
  // `out` belongs to the caller and outlives the writer.
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);

  void text(std::string_view value);
  void number(std::int64_t value) { decimal(value, 0); }
  void decimal(std::int64_t scaled, unsigned scale);
  void boolean(bool value);
  void null();

  void begin_object(std::string_view name) { key(name), begin_object(); }
  void begin_array(std::string_view name) { key(name), begin_array(); }
  void text(std::string_view name, std::string_view value);
  void number(std::string_view name, std::int64_t value) { key(name), number(value); }
  void decimal(std::string_view name, std::int64_t scaled, unsigned scale);
  void money(std::string_view name, Fen amount) { decimal(name, amount.count(), 2); }
  void raw(std::string_view name, std::string_view json);  // a finished JSON value
  void money_text(std::string_view name, Fen amount);      // "86.50" in quotes
  // Finished members of an object, commas between them: what is the same in every answer.
  void fields(std::string_view members);

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();
  char* grow(std::size_t bytes);
  char* grow_after(std::string_view name, std::size_t bytes);

  std::string& out_;
  bool first_ = true;  // nothing stands before the next value in its container
};

}  // namespace gongji::gateway::json

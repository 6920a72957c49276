// The first open marks of one kind, gathered from sources of different age, the newest source
// first: a mark that a newer source saw closed stays closed whatever an older one still has. Not
// thread-safe.
#pragma once

#include <compare>
#include <cstddef>
#include <set>
#include <vector>

#include "domain/ids.hpp"
#include "domain/marks.hpp"

namespace gongji::stores {

struct Mark {
  MarkKind kind;
  Sequence at;
  auto operator<=>(const Mark&) const = default;
};

class OpenMarks {
 public:
  // What marked() was asked for.
  OpenMarks(MarkKind kind, Sequence after, std::size_t limit)
      : kind_(kind), after_(after), limit_(limit) {}

  [[nodiscard]] MarkKind kind() const { return kind_; }
  [[nodiscard]] Sequence after() const { return after_; }

  // A source tells what it has after `after`, in order: closed ones before open ones. False once
  // nothing more is wanted from it.
  void closed(Sequence mark) { closed_.insert(mark); }
  class Source {
   public:
    explicit Source(OpenMarks& marks) : marks_(marks) {}
    [[nodiscard]] bool wants_more() const { return taken_ < marks_.limit_; }
    void open(Sequence mark) {
      if (marks_.closed_.contains(mark)) return;
      marks_.open_.insert(mark);
      ++taken_;
    }

   private:
    OpenMarks& marks_;
    std::size_t taken_ = 0;
  };

  [[nodiscard]] std::vector<Sequence> first() const {
    std::vector<Sequence> found{open_.begin(), open_.end()};
    if (found.size() > limit_) found.resize(limit_);
    return found;
  }

 private:
  MarkKind kind_;
  Sequence after_;
  std::size_t limit_;
  std::set<Sequence> closed_;
  std::set<Sequence> open_;
};

}  // namespace gongji::stores

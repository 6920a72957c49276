// Which handler answers a path. Filled once by app/ before the server starts, then only read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/body_sink.hpp"
#include "gateway/exchange.hpp"
#include "gateway/stand_ins.hpp"

namespace gongji::gateway {

struct Route {
  std::string prefix;                // "/v1": itself and everything below "/v1/"
  std::vector<std::string> methods;  // {"GET", "POST"}; others are 405
  HttpHandler* handler = nullptr;    // outlives the server
  StandIns stand_ins = plain_stand_ins();
  // Bodies above frame_bytes_max, up to upload_bytes_max, limited by inactivity instead of in all:
  bool upload = false;                // held in memory and handed to the handler as a whole
  UploadHandler* streamed = nullptr;  // or handed to this one's sinks piece by piece
  std::string allow{};                // the Allow header; add() fills it from methods
};

class Router {
 public:
  // `stand_ins` answers where no route does: unreadable heads and unknown paths.
  explicit Router(StandIns stand_ins = plain_stand_ins());

  void add(Route route);

  struct Match {
    const Route* route = nullptr;  // null: unknown path
    bool method_allowed = false;
  };
  // The route with the longest fitting prefix. `path` is without the query.
  [[nodiscard]] Match match(std::string_view method, std::string_view path) const;
  [[nodiscard]] const StandIns& stand_ins() const { return stand_ins_; }

 private:
  StandIns stand_ins_;
  std::vector<Route> routes_;  // longest prefix first
};

}  // namespace gongji::gateway

#include "gateway/http/router.hpp"

#include <algorithm>
#include <utility>

namespace gongji::gateway {
namespace {

bool is_below(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

}  // namespace

Router::Router(StandIns stand_ins) : stand_ins_(std::move(stand_ins)) {}

void Router::add(Route route) {
  for (const std::string& method : route.methods) {
    route.allow += (route.allow.empty() ? "" : ", ") + method;
  }
  const auto longer = [&](const Route& other) {
    return other.prefix.size() >= route.prefix.size();
  };
  const auto place = std::partition_point(routes_.begin(), routes_.end(), longer);
  routes_.insert(place, std::move(route));
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
  for (const Route& route : routes_) {
    if (!is_below(path, route.prefix)) continue;
    const auto& methods = route.methods;
    return {&route, std::find(methods.begin(), methods.end(), method) != methods.end()};
  }
  return {};
}

}  // namespace gongji::gateway

// Puts the transport-free pages of monitoring/ on the operator's listener and adds what only the
// whole program can do: a checkpoint of the running store (POST /admin/checkpoint?dir=NAME; without
// dir the store chooses a place of its own).
#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "app/gongjid/checkpoints.hpp"
#include "domain/result.hpp"
#include "gateway/exchange.hpp"
#include "monitoring/ops_pages.hpp"

namespace gongji::app {

class OpsHandler final : public gateway::HttpHandler {
 public:
  // Makes a copy of the journal in a new directory ("" = where it likes) and says where; the error
  // is a sentence. Runs on the operator's loop, which may wait for the disk: nothing else does
  // business there.
  using Checkpoint =
      std::function<Result<CheckpointPlace, std::string>(const std::string& directory)>;
  OpsHandler(const monitoring::OpsPages& pages, std::string bearer_token)
      : pages_(pages), bearer_token_(std::move(bearer_token)) {}

  // Any thread. `data_dir` is told with every copy: the keys of the store lie there.
  void set_checkpoint(Checkpoint checkpoint, std::string data_dir);
  void handle(const gateway::HttpRequest& request,
              std::unique_ptr<gateway::AnswerSlot> slot) override;

 private:
  [[nodiscard]] bool authorised(std::string_view authorization) const;
  gateway::Answer checkpoint(std::string_view query, std::string_view authorization);

  const monitoring::OpsPages& pages_;
  const std::string bearer_token_;  // "" = none asked (loopback only)
  std::mutex mutex_;
  Checkpoint checkpoint_;  // guarded by mutex_; empty until the store is open
  std::string data_dir_;   // likewise
};

}  // namespace gongji::app

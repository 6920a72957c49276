// How many messages may be inside so that none waits much longer than it must. What is inside
// divided by what leaves in a second is the mean wait (Little's law). When messages are turned away
// and that wait is above its bound, the limit comes down; if then fewer leave as well, it was not
// the queue that made them wait (a slow sync, which many messages share), and the limit goes back.
// It rises again as soon as there is no need for it.
//
// Pure: told what happened in one window of time after the other.
#pragma once

#include <chrono>

namespace gongji::gateway {

class InflightLimit {
 public:
  struct Window {
    double seconds;      // how long it was
    double left;         // messages that left
    double inside_mean;  // messages inside, on average
    bool was_full;       // somebody was turned away
  };

  // `inflight_max` is never exceeded. `wait_max` 0: always inflight_max.
  InflightLimit(unsigned inflight_max, std::chrono::milliseconds wait_max);

  // The limit from now on.
  unsigned after(const Window& window);
  [[nodiscard]] unsigned limit() const;

 private:
  void lower(double factor, double left_per_s);
  void judge_trial(double left_per_s);
  void raise();

  const double inflight_max_;
  const double wait_max_s_;
  double limit_;
  // A limit that was just lowered is on trial.
  int trial_windows_ = 0;  // left until it is judged
  double limit_before_ = 0;
  double left_per_s_wanted_ = 0;
  int rest_windows_ = 0;  // left before the next trial
};

}  // namespace gongji::gateway

// One HTTP/1.1 connection: keep-alive, pipelining, answers in the order of the requests however
// their handlers finish. Loop thread only; see connection.hpp for the life of a connection.
#pragma once

#include "gateway/connection.hpp"
#include "gateway/http/answer_queue.hpp"
#include "gateway/http/chunked_body.hpp"
#include "gateway/http/head_scan.hpp"
#include "gateway/http/request_head.hpp"
#include "gateway/http/router.hpp"

namespace gongji::gateway {

class HttpSession final : public Connection {
 public:
  HttpSession(Socket socket, TransportContext& context, const Router& router);

  void answer(std::uint64_t message, Answer answer, AdmissionToken token) override;
  void abandon(std::uint64_t message, AdmissionToken token) override;

 private:
  void take_messages() override;
  bool take_head();
  void take_whole_head(std::string_view bytes);
  void set_head_aside(std::string_view bytes);
  void await_body();
  bool take_body();
  bool take_sized_body();
  bool take_chunked_body();
  bool take_streamed_body();
  bool may_grow_body();
  [[nodiscard]] bool takes_uploads() const;
  [[nodiscard]] bool takes_streams() const;
  [[nodiscard]] bool begin_streaming();
  [[nodiscard]] bool stream(std::string_view piece);
  [[nodiscard]] bool stream_chunks();
  void dispatch(std::string_view body);
  void hand_over();

  [[nodiscard]] std::size_t body_bytes_max() const;
  [[nodiscard]] const StandIns& stand_ins() const;

  void reject(unsigned status, std::string_view sentence);
  void refuse_route(bool close);
  void refuse_busy(ShedCause cause, bool close);
  void say_continue();
  void answer_now(Answer answer);

  std::uint64_t push_place();
  void put_out_ready();

  const Router& router_;
  HeadScan head_scan_;
  RequestHead head_;
  Router::Match route_;
  Moment first_byte_at_;

  bool body_awaited_ = false;
  std::string head_aside_;  // the head of a message whose body is still arriving
  ChunkedBody chunked_;
  std::size_t chunked_bytes_max_ = 0;
  UploadPermit upload_;
  std::unique_ptr<BodySink> sink_;  // takes the body that is arriving, when it is streamed
  std::size_t streamed_bytes_ = 0;  // of it

  AnswerQueue answers_;
};

}  // namespace gongji::gateway

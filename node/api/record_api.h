// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_RECORD_API_H_
#define TALLYSTICK_NODE_API_RECORD_API_H_

#include "absl/status/statusor.h"
#include "node/api/serve.h"
#include "tallystick/v1/record_service.grpc.pb.h"

// Do: claims, acknowledgements and disputes.
namespace tallystick::node {

absl::StatusOr<v1::ListRecordsResponse> ListRecords(
    Node& node, const v1::ListRecordsRequest& request);
absl::StatusOr<v1::Record> CreateRecord(Node& node,
                                        const v1::CreateRecordRequest& request);
absl::StatusOr<v1::ApplyRecordsResponse> ApplyRecords(
    Node& node, const v1::ApplyRecordsRequest& request);
absl::StatusOr<v1::Record> AcknowledgeRecord(
    Node& node, const v1::AcknowledgeRecordRequest& request);
absl::StatusOr<v1::Record> DisputeRecord(
    Node& node, const v1::DisputeRecordRequest& request);

class RecordApi final : public v1::RecordService::CallbackService {
 public:
  explicit RecordApi(Engine& engine) : engine_(engine) {}

  grpc::ServerUnaryReactor* ListRecords(
      grpc::CallbackServerContext* context,
      const v1::ListRecordsRequest* request,
      v1::ListRecordsResponse* response) override {
    return Serve(context, engine_, request, response, &node::ListRecords);
  }
  grpc::ServerUnaryReactor* CreateRecord(grpc::CallbackServerContext* context,
                                         const v1::CreateRecordRequest* request,
                                         v1::Record* response) override {
    return ServeOnce(context, engine_, "CreateRecord", request, response,
                     &node::CreateRecord);
  }
  grpc::ServerUnaryReactor* ApplyRecords(
      grpc::CallbackServerContext* context,
      const v1::ApplyRecordsRequest* request,
      v1::ApplyRecordsResponse* response) override {
    return ServeOnce(context, engine_, "ApplyRecords", request, response,
                     &node::ApplyRecords);
  }
  grpc::ServerUnaryReactor* AcknowledgeRecord(
      grpc::CallbackServerContext* context,
      const v1::AcknowledgeRecordRequest* request,
      v1::Record* response) override {
    return ServeOnce(context, engine_, "AcknowledgeRecord", request, response,
                     &node::AcknowledgeRecord);
  }
  grpc::ServerUnaryReactor* DisputeRecord(
      grpc::CallbackServerContext* context,
      const v1::DisputeRecordRequest* request, v1::Record* response) override {
    return ServeOnce(context, engine_, "DisputeRecord", request, response,
                     &node::DisputeRecord);
  }

 private:
  Engine& engine_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_RECORD_API_H_

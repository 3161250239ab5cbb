// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HPP
#define ACS_HPP

/// Everything that needs no operating system and no heap, floor by floor.
#include <acs/version.hpp>

#include <acs/core/bounded_text.hpp>
#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/cpu.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/history.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/smaller.hpp>
#include <acs/core/sort.hpp>
#include <acs/core/span_list.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/core/vectors.hpp>

#include <acs/encoding/base64.hpp>
#include <acs/encoding/form.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/encoding/utf8.hpp>

#include <acs/crypto/accelerated.hpp>
#include <acs/crypto/block_hash.hpp>
#include <acs/crypto/block_vectors.hpp>
#include <acs/crypto/hasher.hpp>
#include <acs/crypto/hmac.hpp>
#include <acs/crypto/secure.hpp>
#include <acs/crypto/sha1.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/crypto/sm3.hpp>
#include <acs/crypto/small_hash.hpp>

#include <acs/message/body.hpp>
#include <acs/message/call_head.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/message/param.hpp>
#include <acs/message/reply.hpp>
#include <acs/message/request.hpp>
#include <acs/message/secret_name.hpp>

#include <acs/signing/acs3.hpp>
#include <acs/signing/acs3_layout.hpp>
#include <acs/signing/acs3_plain.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/credentials.hpp>
#include <acs/signing/draft.hpp>
#include <acs/signing/empty_hash.hpp>
#include <acs/signing/extra_fields.hpp>
#include <acs/signing/kept_credentials.hpp>
#include <acs/signing/mac.hpp>
#include <acs/signing/marks.hpp>
#include <acs/signing/parts.hpp>
#include <acs/signing/repeat.hpp>
#include <acs/signing/roa.hpp>
#include <acs/signing/rpc.hpp>
#include <acs/signing/rpc_query.hpp>
#include <acs/signing/signer.hpp>
#include <acs/signing/unsigned.hpp>

#include <acs/json/big_uint.hpp>
#include <acs/json/block.hpp>
#include <acs/json/escape.hpp>
#include <acs/json/find.hpp>
#include <acs/json/number.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/scan.hpp>
#include <acs/json/string.hpp>
#include <acs/json/token.hpp>
#include <acs/json/unescape.hpp>
#include <acs/json/value.hpp>
#include <acs/json/vector.hpp>
#include <acs/json/wide.hpp>
#include <acs/json/writer.hpp>

#include <acs/error/classify.hpp>
#include <acs/error/codes.hpp>
#include <acs/error/echo.hpp>
#include <acs/error/envelope.hpp>
#include <acs/error/service_error.hpp>
#include <acs/error/write_failure.hpp>
#include <acs/error/xml.hpp>

#include <acs/explain/by_code.hpp>
#include <acs/explain/changes.hpp>
#include <acs/explain/compare.hpp>
#include <acs/explain/differ.hpp>
#include <acs/explain/echo_text.hpp>
#include <acs/explain/explain.hpp>
#include <acs/explain/explanation.hpp>
#include <acs/explain/neighbours.hpp>
#include <acs/explain/secrets.hpp>
#include <acs/explain/words.hpp>
#include <acs/explain/write_explanation.hpp>

#include <acs/operation/array.hpp>
#include <acs/operation/call.hpp>
#include <acs/operation/decode.hpp>
#include <acs/operation/description.hpp>
#include <acs/operation/flatten.hpp>
#include <acs/operation/member.hpp>
#include <acs/operation/member_table.hpp>
#include <acs/operation/offset.hpp>
#include <acs/operation/parameter.hpp>
#include <acs/operation/parameters.hpp>
#include <acs/operation/places.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/operation/read_members.hpp>
#include <acs/operation/shape.hpp>
#include <acs/operation/table.hpp>
#include <acs/operation/untyped.hpp>
#include <acs/operation/write_json.hpp>

#include <acs/exchange/attempts.hpp>
#include <acs/exchange/budget.hpp>
#include <acs/exchange/client_token.hpp>
#include <acs/exchange/credential_provider.hpp>
#include <acs/exchange/exchange.hpp>
#include <acs/exchange/judge.hpp>
#include <acs/exchange/kinds.hpp>
#include <acs/exchange/machine.hpp>
#include <acs/exchange/policy.hpp>
#include <acs/exchange/provided_signer.hpp>
#include <acs/exchange/server_clock.hpp>
#include <acs/exchange/step.hpp>

#include <acs/client/check_request.hpp>
#include <acs/client/refreshing.hpp>
#include <acs/client/reply_buffer.hpp>
#include <acs/client/run.hpp>
#include <acs/client/transport.hpp>

#endif

// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HPP
#define ACS_HPP

/// Everything that needs no operating system and no heap, floor by floor.
#include <acs/version.hpp>

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/sort.hpp>
#include <acs/core/span_list.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>

#include <acs/encoding/form.hpp>
#include <acs/encoding/percent.hpp>

#include <acs/message/body.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/message/param.hpp>
#include <acs/message/reply.hpp>
#include <acs/message/request.hpp>

#include <acs/signing/canonical.hpp>
#include <acs/signing/credentials.hpp>

#endif

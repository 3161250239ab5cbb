// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_HPP
#define DATAWORKS_HPP

/// Typed operations for DataWorks Data Integration, on top of acs.
#include <acs.hpp>

#include <dataworks/content.hpp>
#include <dataworks/endpoint.hpp>
#include <dataworks/errors.hpp>
#include <dataworks/sync_task.hpp>
#include <dataworks/sync_task_config.hpp>
#include <dataworks/task.hpp>
#include <dataworks/task_param.hpp>
#include <dataworks/workflow/checkpoint.hpp>
#include <dataworks/workflow/job.hpp>
#include <dataworks/workflow/pace.hpp>
#include <dataworks/workflow/plan.hpp>
#include <dataworks/workflow/progress.hpp>

#endif

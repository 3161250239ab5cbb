// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_ERRORS_HPP
#define DATAWORKS_ERRORS_HPP

#include <acs/core/config.hpp>
#include <acs/error/codes.hpp>

#include <array>
#include <string_view>

namespace dataworks::inline ACS_ABI {

using namespace std::string_view_literals;

/// Codes of the service of which the general rules would say something else, with one status or another, for `acs::advise`. Sorted.
/// Service page: error codes.
inline constexpr std::array<acs::code_row, 78> error_codes{{
    {"BADPARAMETERS"sv, acs::error_class::request, acs::remedy::none},
    {"BusinessError.Dictionary.InvalidDictionaryOrNoPermission"sv, acs::error_class::permission, acs::remedy::none},
    {"BusinessError.Dictionary.InvalidUserId"sv, acs::error_class::request, acs::remedy::none},
    {"BusinessError.Dictionary.MountDictionaryCountOverLimit"sv, acs::error_class::request, acs::remedy::none},
    {"BusinessError.Dictionary.NoPermissionToUpdateOtherDictionary"sv, acs::error_class::permission, acs::remedy::none},
    {"ConnectionAlreadyExist"sv, acs::error_class::request, acs::remedy::none},
    {"DESENSPLAN.DATATYPE.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"DESENSPLAN.DATATYPENOTEXIST.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"DESENSPLAN.ID.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"DESENSPLAN.PAGESIZE.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"DESENSPLAN.PARAM.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"DESENSPLAN.SCENECODE.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"DESENSPLAN.SCENEID.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"DESENSPLAN.SCENEIDLEVEL.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"DESENSPLAN.SIZE.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"DESENSSCENE.ID.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"DESENSSCENE.IDLEVEL.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"DESENSSCENE.PROJECT.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"DESENSSCENE.SIZE.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"DESENSSCENE.UESRGROUP.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"DESENSTEMPLATE.SCENE.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"DESENSTEMPLATE.SCENELEVEL.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"DataSource.CheckRamRoleFailure"sv, acs::error_class::permission, acs::remedy::none},
    {"DataSource.ConnectionStrProperty.PatternNotMatch"sv, acs::error_class::request, acs::remedy::none},
    {"DataSource.NotFound"sv, acs::error_class::not_found, acs::remedy::none},
    {"ENGINE.NOT.ALLOW"sv, acs::error_class::request, acs::remedy::none},
    {"Execute.FML.ProcessError"sv, acs::error_class::server, acs::remedy::none},
    {"Forbidden.Access"sv, acs::error_class::permission, acs::remedy::maybe_later},
    {"Forbidden.Not.Server"sv, acs::error_class::permission, acs::remedy::other_region},
    {"Forbidden.Wkbench.RemindOverlimit"sv, acs::error_class::request, acs::remedy::none},
    {"InternalError.DQC.BizError"sv, acs::error_class::server, acs::remedy::none},
    {"InternalError.Meta.NoCalcEngine"sv, acs::error_class::server, acs::remedy::none},
    {"Invalid.Collection.NotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.DataSource.DataSourceTypeNotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Entity.NotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Meta.AppNotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Meta.CategoryIllegalTenant"sv, acs::error_class::permission, acs::remedy::none},
    {"Invalid.Meta.TableNotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Tenant.ConnectionNotExists"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Tenant.ProjectNotExists"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Tenant.UserIsNotProjectOwnerOrAdmin"sv, acs::error_class::permission, acs::remedy::none},
    {"Invalid.Tenant.UserNotInProject"sv, acs::error_class::permission, acs::remedy::none},
    {"Invalid.Tenant.UserNotInTenant"sv, acs::error_class::permission, acs::remedy::none},
    {"Invalid.User.NotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Wkbench.BaselineNotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Wkbench.BaselineStatusNotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Wkbench.NodeNotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Wkbench.RemindNotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Wkbench.TopicNotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"InvalidParameter.Meta.NotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"PARAMS.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"PERMISSION.DENIED.ERROR"sv, acs::error_class::permission, acs::remedy::none},
    {"Required.Parameter.Empty"sv, acs::error_class::request, acs::remedy::none},
    {"ResourceNotAuthorized.Api"sv, acs::error_class::permission, acs::remedy::none},
    {"SENSITIVEDELETEERROR"sv, acs::error_class::request, acs::remedy::none},
    {"UNKNOWN.ERROR"sv, acs::error_class::server, acs::remedy::backoff, true},
    {"USERACCOUNT.OWNER.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"USERGROUP.ACCOUNTLISTSIZE.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"USERGROUP.ID.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"USERGROUP.LISTSIZE.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"USERGROUP.PAGESIZE.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"Valid.FML.NoPermission"sv, acs::error_class::permission, acs::remedy::none},
    {"Valid.FML.OnlySupportQueryStatement"sv, acs::error_class::request, acs::remedy::none},
    {"Valid.FML.ProductExpired"sv, acs::error_class::permission, acs::remedy::none},
    {"Valid.FML.ProductNotActivated"sv, acs::error_class::permission, acs::remedy::none},
    {"Valid.FML.ProjectNotExist"sv, acs::error_class::not_found, acs::remedy::none},
    {"Valid.FML.StatementNotValid"sv, acs::error_class::request, acs::remedy::none},
    {"WHITELIST.DESENSID.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"WHITELIST.ENDTIME.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"WHITELIST.ID.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"WHITELIST.MCPROJECT.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"WHITELIST.PAGESIZE.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"WHITELIST.SIZE.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"WHITELIST.STARTTIME.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"WHITELIST.TIMEFORMAT.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"WHITELIST.USERGROUP.ERROR"sv, acs::error_class::not_found, acs::remedy::none},
    {"WHITELIST.USERGROUPEMPTY.ERROR"sv, acs::error_class::request, acs::remedy::none},
    {"WHITELIST.USERGROUPLISTSIZE.ERROR"sv, acs::error_class::request, acs::remedy::none},
}};

}  // namespace dataworks::inline ACS_ABI

#endif

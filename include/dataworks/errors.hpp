// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef DATAWORKS_ERRORS_HPP
#define DATAWORKS_ERRORS_HPP

#include <acs/core/config.hpp>
#include <acs/error/codes.hpp>

#include <array>

namespace dataworks::inline ACS_ABI {

/// Codes of the service of which the general rules would say something else, with one status or another, for `acs::advise`. Sorted.
/// Service page: error codes.
inline constexpr std::array<acs::code_row, 78> error_codes{{
    {"BADPARAMETERS", acs::error_class::request, acs::remedy::none},
    {"BusinessError.Dictionary.InvalidDictionaryOrNoPermission", acs::error_class::permission, acs::remedy::none},
    {"BusinessError.Dictionary.InvalidUserId", acs::error_class::request, acs::remedy::none},
    {"BusinessError.Dictionary.MountDictionaryCountOverLimit", acs::error_class::request, acs::remedy::none},
    {"BusinessError.Dictionary.NoPermissionToUpdateOtherDictionary", acs::error_class::permission, acs::remedy::none},
    {"ConnectionAlreadyExist", acs::error_class::request, acs::remedy::none},
    {"DESENSPLAN.DATATYPE.ERROR", acs::error_class::request, acs::remedy::none},
    {"DESENSPLAN.DATATYPENOTEXIST.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"DESENSPLAN.ID.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"DESENSPLAN.PAGESIZE.ERROR", acs::error_class::request, acs::remedy::none},
    {"DESENSPLAN.PARAM.ERROR", acs::error_class::request, acs::remedy::none},
    {"DESENSPLAN.SCENECODE.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"DESENSPLAN.SCENEID.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"DESENSPLAN.SCENEIDLEVEL.ERROR", acs::error_class::request, acs::remedy::none},
    {"DESENSPLAN.SIZE.ERROR", acs::error_class::request, acs::remedy::none},
    {"DESENSSCENE.ID.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"DESENSSCENE.IDLEVEL.ERROR", acs::error_class::request, acs::remedy::none},
    {"DESENSSCENE.PROJECT.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"DESENSSCENE.SIZE.ERROR", acs::error_class::request, acs::remedy::none},
    {"DESENSSCENE.UESRGROUP.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"DESENSTEMPLATE.SCENE.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"DESENSTEMPLATE.SCENELEVEL.ERROR", acs::error_class::request, acs::remedy::none},
    {"DataSource.CheckRamRoleFailure", acs::error_class::permission, acs::remedy::none},
    {"DataSource.ConnectionStrProperty.PatternNotMatch", acs::error_class::request, acs::remedy::none},
    {"DataSource.NotFound", acs::error_class::not_found, acs::remedy::none},
    {"ENGINE.NOT.ALLOW", acs::error_class::request, acs::remedy::none},
    {"Execute.FML.ProcessError", acs::error_class::server, acs::remedy::none},
    {"Forbidden.Access", acs::error_class::permission, acs::remedy::maybe_later},
    {"Forbidden.Not.Server", acs::error_class::permission, acs::remedy::other_region},
    {"Forbidden.Wkbench.RemindOverlimit", acs::error_class::request, acs::remedy::none},
    {"InternalError.DQC.BizError", acs::error_class::server, acs::remedy::none},
    {"InternalError.Meta.NoCalcEngine", acs::error_class::server, acs::remedy::none},
    {"Invalid.Collection.NotExist", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.DataSource.DataSourceTypeNotExist", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Entity.NotExist", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Meta.AppNotExist", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Meta.CategoryIllegalTenant", acs::error_class::permission, acs::remedy::none},
    {"Invalid.Meta.TableNotExist", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Tenant.ConnectionNotExists", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Tenant.ProjectNotExists", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Tenant.UserIsNotProjectOwnerOrAdmin", acs::error_class::permission, acs::remedy::none},
    {"Invalid.Tenant.UserNotInProject", acs::error_class::permission, acs::remedy::none},
    {"Invalid.Tenant.UserNotInTenant", acs::error_class::permission, acs::remedy::none},
    {"Invalid.User.NotExist", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Wkbench.BaselineNotExist", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Wkbench.BaselineStatusNotExist", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Wkbench.NodeNotExist", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Wkbench.RemindNotExist", acs::error_class::not_found, acs::remedy::none},
    {"Invalid.Wkbench.TopicNotExist", acs::error_class::not_found, acs::remedy::none},
    {"InvalidParameter.Meta.NotExist", acs::error_class::not_found, acs::remedy::none},
    {"PARAMS.ERROR", acs::error_class::request, acs::remedy::none},
    {"PERMISSION.DENIED.ERROR", acs::error_class::permission, acs::remedy::none},
    {"Required.Parameter.Empty", acs::error_class::request, acs::remedy::none},
    {"ResourceNotAuthorized.Api", acs::error_class::permission, acs::remedy::none},
    {"SENSITIVEDELETEERROR", acs::error_class::request, acs::remedy::none},
    {"UNKNOWN.ERROR", acs::error_class::server, acs::remedy::backoff, true},
    {"USERACCOUNT.OWNER.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"USERGROUP.ACCOUNTLISTSIZE.ERROR", acs::error_class::request, acs::remedy::none},
    {"USERGROUP.ID.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"USERGROUP.LISTSIZE.ERROR", acs::error_class::request, acs::remedy::none},
    {"USERGROUP.PAGESIZE.ERROR", acs::error_class::request, acs::remedy::none},
    {"Valid.FML.NoPermission", acs::error_class::permission, acs::remedy::none},
    {"Valid.FML.OnlySupportQueryStatement", acs::error_class::request, acs::remedy::none},
    {"Valid.FML.ProductExpired", acs::error_class::permission, acs::remedy::none},
    {"Valid.FML.ProductNotActivated", acs::error_class::permission, acs::remedy::none},
    {"Valid.FML.ProjectNotExist", acs::error_class::not_found, acs::remedy::none},
    {"Valid.FML.StatementNotValid", acs::error_class::request, acs::remedy::none},
    {"WHITELIST.DESENSID.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"WHITELIST.ENDTIME.ERROR", acs::error_class::request, acs::remedy::none},
    {"WHITELIST.ID.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"WHITELIST.MCPROJECT.ERROR", acs::error_class::request, acs::remedy::none},
    {"WHITELIST.PAGESIZE.ERROR", acs::error_class::request, acs::remedy::none},
    {"WHITELIST.SIZE.ERROR", acs::error_class::request, acs::remedy::none},
    {"WHITELIST.STARTTIME.ERROR", acs::error_class::request, acs::remedy::none},
    {"WHITELIST.TIMEFORMAT.ERROR", acs::error_class::request, acs::remedy::none},
    {"WHITELIST.USERGROUP.ERROR", acs::error_class::not_found, acs::remedy::none},
    {"WHITELIST.USERGROUPEMPTY.ERROR", acs::error_class::request, acs::remedy::none},
    {"WHITELIST.USERGROUPLISTSIZE.ERROR", acs::error_class::request, acs::remedy::none},
}};

}  // namespace dataworks::inline ACS_ABI

#endif

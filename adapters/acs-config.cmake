# find_package(acs) gives acs::acs and acs::dataworks; each adapter only on request, as in find_package(acs COMPONENTS curl), since it
# brings a dependency.
include("${CMAKE_CURRENT_LIST_DIR}/acs-targets.cmake")

foreach(component IN LISTS acs_FIND_COMPONENTS)
  if(EXISTS "${CMAKE_CURRENT_LIST_DIR}/acs-${component}.cmake")
    include("${CMAKE_CURRENT_LIST_DIR}/acs-${component}.cmake")
    set(acs_${component}_FOUND TRUE)
  elseif(acs_FIND_REQUIRED_${component})
    set(acs_FOUND FALSE)
    set(acs_NOT_FOUND_MESSAGE "this installation of acs has no adapter '${component}'")
  endif()
endforeach()

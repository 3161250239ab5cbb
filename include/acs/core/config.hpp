// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_CORE_CONFIG_HPP
#define ACS_CORE_CONFIG_HPP

#include <acs/version.hpp>

#if defined(_MSVC_LANG) ? _MSVC_LANG < 202002L : __cplusplus < 202002L
#error "acs needs C++20: compile with -std=c++20 or newer"
#endif

/// Checks a precondition (never data). Define it before the first include to trap, log or abort; by default it does nothing.
#ifndef ACS_ASSERT
#define ACS_ASSERT(condition) static_cast<void>(0)
#endif

/// Whether code is rather small than fast: 1 on machines of 32 bits, which have little memory for it, else 0, unless it is defined before,
/// and then alike in all units of a program.
#ifndef ACS_SMALL_CODE
#if defined(__SIZEOF_POINTER__) && __SIZEOF_POINTER__ < 8
#define ACS_SMALL_CODE 1
#else
#define ACS_SMALL_CODE 0
#endif
#endif

/// For functions off the usual path, which cost less flash called than repeated.
#if defined(__GNUC__)
#define ACS_NOINLINE [[gnu::noinline]]
#else
#define ACS_NOINLINE
#endif

/// For what is only called of failures: it is made small, and compilers take less time for that than to make it fast. Where code is to be
/// small all is made so.
#if defined(__GNUC__) && !ACS_SMALL_CODE
#define ACS_COLD [[gnu::cold]]
#else
#define ACS_COLD
#endif

/// For functions that are called from several places, where code is to be small.
#if ACS_SMALL_CODE
#define ACS_OUTLINE ACS_NOINLINE
#else
#define ACS_OUTLINE
#endif

/// For functions that are called from one place, which compilers don't know of functions in headers: there they cost less flash in line.
#if ACS_SMALL_CODE && defined(__GNUC__) && defined(__OPTIMIZE__)
#define ACS_INLINE_ONCE [[gnu::always_inline]]
#else
#define ACS_INLINE_ONCE
#endif

/// For small functions at many places, which are worth inlining into all of them. Not where nothing is optimised: there it only makes more
/// to compile.
#if defined(__GNUC__) && defined(__OPTIMIZE__)
#define ACS_ALWAYS_INLINE [[gnu::always_inline]]
#else
#define ACS_ALWAYS_INLINE
#endif

/// For functions that store what they are given. Inlined, they store it from registers; called, they load two words of a view at once that
/// were stored one by one, for which the CPU waits.
#if ACS_SMALL_CODE
#define ACS_INLINE
#else
#define ACS_INLINE ACS_ALWAYS_INLINE
#endif

#endif

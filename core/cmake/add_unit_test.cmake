# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# assay_add_unit_test(hash sha2_test.cpp … [DEPS assay::bytes …])
#   the program assay_hash_test from Catch2 sources, linked with assay::hash where it exists; each
#   TEST_CASE becomes the ctest case "hash: <name>".
include_guard(GLOBAL)
include(${ASSAY_CATCH_DISCOVER})

function(assay_add_unit_test module)
    cmake_parse_arguments(arg "" "" "DEPS" ${ARGN})
    if(NOT arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "assay_add_unit_test(${module}): no sources")
    endif()
    add_executable(assay_${module}_test ${arg_UNPARSED_ARGUMENTS})
    # Optimising what REQUIRE expands to takes longer than running it.
    set_target_properties(assay_${module}_test PROPERTIES ASSAY_UNIT_TEST ON)
    target_compile_options(assay_${module}_test PRIVATE -O0)
    target_link_libraries(assay_${module}_test PRIVATE
        assay::options $<TARGET_NAME_IF_EXISTS:assay::${module}> ${arg_DEPS} Catch2::Catch2WithMain)
    catch_discover_tests(assay_${module}_test
        TEST_PREFIX "${module}: "
        # When ctest starts, not after each link: a broken program fails its tests, not the build.
        DISCOVERY_MODE PRE_TEST
        PROPERTIES TIMEOUT 300)
endfunction()

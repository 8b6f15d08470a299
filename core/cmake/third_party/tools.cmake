# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# What only native builds use: the unit test framework by its own CMake files, the command line parser.

add_subdirectory(${ASSAY_SOURCES}/catch2 catch2)
# Upstream installs itself only as a top-level project.
set_target_properties(Catch2 Catch2WithMain PROPERTIES DEBUG_POSTFIX "")
install(TARGETS Catch2 Catch2WithMain ARCHIVE DESTINATION lib)
install(DIRECTORY ${ASSAY_SOURCES}/catch2/src/catch2 ${CMAKE_CURRENT_BINARY_DIR}/catch2/generated-includes/catch2
    DESTINATION include/Catch2 FILES_MATCHING PATTERN "*.hpp")
install(FILES ${ASSAY_SOURCES}/catch2/extras/Catch.cmake ${ASSAY_SOURCES}/catch2/extras/CatchAddTests.cmake
    DESTINATION lib/cmake/Catch2)

# Compiled once: as headers alone it takes ten seconds in each file that includes it.
add_library(CLI11 STATIC ${ASSAY_SOURCES}/cli11/src/Precompile.cpp)
target_include_directories(CLI11 PRIVATE ${ASSAY_SOURCES}/cli11/include)
target_compile_definitions(CLI11 PRIVATE CLI11_COMPILE)
set_target_properties(CLI11 PROPERTIES CXX_STANDARD 17)
install(TARGETS CLI11 ARCHIVE DESTINATION lib)
install(DIRECTORY ${ASSAY_SOURCES}/cli11/include/CLI DESTINATION include/CLI11)

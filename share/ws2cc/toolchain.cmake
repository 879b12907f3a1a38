# For CMake: builds a project's Windows half with ws2cc and ws2c++.
#     cmake -B build -DCMAKE_TOOLCHAIN_FILE=<prefix>/share/ws2cc/toolchain.cmake
# CMake then takes the paths that it takes with mingw: WIN32 is true. Programs are called .exe, and run as they are.
set(CMAKE_SYSTEM_NAME Windows)
# Of Windows 10 and 11; projects make _WIN32_WINNT of it.
set(CMAKE_SYSTEM_VERSION 10.0)
set(CMAKE_SYSTEM_PROCESSOR x86_64)

get_filename_component(_ws2cc_bin "${CMAKE_CURRENT_LIST_DIR}/../../bin" ABSOLUTE)
set(CMAKE_C_COMPILER "${_ws2cc_bin}/ws2cc")
set(CMAKE_CXX_COMPILER "${_ws2cc_bin}/ws2c++")

# Resources (.rc) say nothing on Linux: an empty object stands for each.
set(CMAKE_RC_COMPILER "${CMAKE_CURRENT_LIST_DIR}/no-resources")

# What the checks of the project run is run here.
set(CMAKE_CROSSCOMPILING_EMULATOR /usr/bin/env)

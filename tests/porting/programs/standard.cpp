// The C++ library, whose headers must not take this system for Windows; and overloads for arrays.
#include <filesystem>
#include <fstream>
#include <thread>
#include <chrono>
#include <mutex>
#include <random>
#include <string>

#include "check.h"

#ifndef _WIN32
# error "this is for Windows"
#endif
#ifdef __linux__
# error "this is not for Linux"
#endif

namespace fs = std::filesystem;

int main()
{
    std::ofstream("here.txt") << "hello";
    std::string text;
    std::ifstream("here.txt") >> text;
    CHECK(text == "hello" && fs::exists("here.txt") && !fs::exists("nowhere.txt") && fs::file_size("here.txt") == 5);
    CHECK(fs::path("a/b.txt").filename() == "b.txt" && fs::is_directory(fs::temp_directory_path()));
    fs::create_directory("folder");
    fs::rename("here.txt", "folder/there.txt");
    int entries = 0;
    for (const auto &entry : fs::directory_iterator("folder"))
        entries += entry.is_regular_file();
    CHECK(entries == 1 && fs::remove_all("folder") == 2 && !fs::exists("folder"));

    std::mutex mutex;
    int sum = 0;
    std::thread first([&] { std::lock_guard<std::mutex> lock(mutex); sum += 3; });
    std::thread second([&] { std::lock_guard<std::mutex> lock(mutex); sum += 4; });
    first.join();
    second.join();
    CHECK(sum == 7);
    auto before = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    CHECK(std::chrono::steady_clock::now() - before >= std::chrono::milliseconds(1));
    std::random_device device;
    CHECK(device() != device() || device() != device());

    char b[8];
    CHECK(strcpy_s(b, "abc") == 0 && strcat_s(b, "de") == 0 && strcmp(b, "abcde") == 0);
    CHECK(sprintf_s(b, "%d", 42) == 2 && strncpy_s(b, "abcdefghij", _TRUNCATE) == STRUNCATE && strlen(b) == 7);
    CHECK(_snprintf_s(b, _TRUNCATE, "%s", "0123456789") == -1 && strlen(b) == 7);

    WSADATA data;
    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0 && WSACleanup() == 0);
    return result();
}

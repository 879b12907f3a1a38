/* Clocks and times. */
#include <string.h>
#include <time.h>
#include <sys/timeb.h>

#include "check.h"
#include <mmsystem.h>

int main(void)
{
    FILETIME file, again;
    SYSTEMTIME parts, local;
    LARGE_INTEGER frequency, first, second;
    TIME_ZONE_INFORMATION zone;
    ULONGLONG ticks = GetTickCount64();
    struct _timeb now;
    struct tm broken;
    time_t zero = 0;
    char text[26];

    GetSystemTimeAsFileTime(&file);
    GetSystemTime(&parts);
    GetLocalTime(&local);
    CHECK(parts.wYear >= 2024 && parts.wMonth >= 1 && parts.wMonth <= 12 && local.wDay >= 1 && parts.wDayOfWeek < 7);
    CHECK(FileTimeToSystemTime(&file, &parts) && SystemTimeToFileTime(&parts, &again));
    CHECK(file.dwHighDateTime == again.dwHighDateTime && CompareFileTime(&again, &file) <= 0);
    memset(&file, 0, sizeof(file));
    CHECK(FileTimeToSystemTime(&file, &parts) && parts.wYear == 1601 && parts.wDay == 1 && parts.wDayOfWeek == 1);
    file.dwHighDateTime = 0x80000000u;
    CHECK(!FileTimeToSystemTime(&file, &parts) && GetLastError() == ERROR_INVALID_PARAMETER);
    parts.wMonth = 13;
    CHECK(!SystemTimeToFileTime(&parts, &file) && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(QueryPerformanceFrequency(&frequency) && frequency.QuadPart > 0);
    CHECK(QueryPerformanceCounter(&first) && QueryPerformanceCounter(&second) && second.QuadPart >= first.QuadPart);
    CHECK(GetTickCount64() >= ticks && timeBeginPeriod(1) == TIMERR_NOERROR && timeGetTime() != 0 && timeEndPeriod(1) == 0);
    CHECK(GetTimeZoneInformation(&zone) != TIME_ZONE_ID_INVALID && zone.Bias > -1000 && zone.Bias < 1000);
    _ftime(&now);
    CHECK(now.time > 1700000000 && now.millitm < 1000);
    CHECK(gmtime_s(&broken, &zero) == 0 && broken.tm_year == 70 && broken.tm_mon == 0 && broken.tm_mday == 1);
    CHECK(localtime_s(&broken, &zero) == 0 && asctime_s(text, sizeof(text), &broken) == 0 && strlen(text) == 25);
    CHECK(ctime_s(text, sizeof(text), &zero) == 0 && strlen(text) == 25);
    return result();
}

/* What Windows' network management tells of a workstation: the structures only. Its functions are not here; GetComputerName and
   GetVersionEx tell most of it. */
#ifndef WS2_LMWKSTA_H
#define WS2_LMWKSTA_H

#include "windows.h"
#include "lmcons.h"

typedef struct _WKSTA_INFO_100 {
    DWORD  wki100_platform_id;
    LPWSTR wki100_computername;
    LPWSTR wki100_langroup;
    DWORD  wki100_ver_major;
    DWORD  wki100_ver_minor;
} WKSTA_INFO_100, *PWKSTA_INFO_100, *LPWKSTA_INFO_100;

typedef struct _WKSTA_USER_INFO_0 {
    LPWSTR wkui0_username;
} WKSTA_USER_INFO_0, *PWKSTA_USER_INFO_0, *LPWKSTA_USER_INFO_0;

#endif

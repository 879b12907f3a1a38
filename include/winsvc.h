/* Windows' services: there is no service manager here. A program that asks to run as a service is told that it was started from a
   console (ERROR_FAILED_SERVICE_CONTROLLER_CONNECT), as on Windows where a user starts it, and goes on as such; one that asks for
   the manager is told that it does not run (RPC_S_SERVER_UNAVAILABLE). */
#ifndef WS2_WINSVC_H
#define WS2_WINSVC_H
#pragma GCC system_header

#ifndef _WINSVC_
# define _WINSVC_
#endif

#include "windows.h"

typedef struct SC_HANDLE__ *SC_HANDLE;
typedef SC_HANDLE *LPSC_HANDLE;
typedef struct SERVICE_STATUS_HANDLE__ *SERVICE_STATUS_HANDLE;

#define SERVICES_ACTIVE_DATABASEA     "ServicesActive"
#if defined __SIZEOF_WCHAR_T__ && __SIZEOF_WCHAR_T__ == 2
# define SERVICES_ACTIVE_DATABASEW    L"ServicesActive"
#else
# define SERVICES_ACTIVE_DATABASEW    u"ServicesActive"
#endif
#define SC_MANAGER_CONNECT            0x0001
#define SC_MANAGER_CREATE_SERVICE     0x0002
#define SC_MANAGER_ALL_ACCESS         0xF003F
#define SERVICE_QUERY_CONFIG          0x0001
#define SERVICE_CHANGE_CONFIG         0x0002
#define SERVICE_QUERY_STATUS          0x0004
#define SERVICE_START                 0x0010
#define SERVICE_STOP                  0x0020
#define SERVICE_ALL_ACCESS            0xF01FF
#define SERVICE_WIN32_OWN_PROCESS     0x00000010
#define SERVICE_WIN32_SHARE_PROCESS   0x00000020
#define SERVICE_WIN32                 0x00000030
#define SERVICE_INTERACTIVE_PROCESS   0x00000100
#define SERVICE_AUTO_START            0x00000002
#define SERVICE_DEMAND_START          0x00000003
#define SERVICE_DISABLED              0x00000004
#define SERVICE_ERROR_IGNORE          0x00000000
#define SERVICE_ERROR_NORMAL          0x00000001
#define SERVICE_STOPPED               0x00000001
#define SERVICE_START_PENDING         0x00000002
#define SERVICE_STOP_PENDING          0x00000003
#define SERVICE_RUNNING               0x00000004
#define SERVICE_CONTINUE_PENDING      0x00000005
#define SERVICE_PAUSE_PENDING         0x00000006
#define SERVICE_PAUSED                0x00000007
#define SERVICE_CONTROL_STOP          0x00000001
#define SERVICE_CONTROL_PAUSE         0x00000002
#define SERVICE_CONTROL_CONTINUE      0x00000003
#define SERVICE_CONTROL_INTERROGATE   0x00000004
#define SERVICE_CONTROL_SHUTDOWN      0x00000005
#define SERVICE_ACCEPT_STOP           0x00000001
#define SERVICE_ACCEPT_PAUSE_CONTINUE 0x00000002
#define SERVICE_ACCEPT_SHUTDOWN       0x00000004
#define SERVICE_NO_CHANGE             0xFFFFFFFFu
#define SERVICE_CONFIG_DESCRIPTION    1

typedef struct _SERVICE_STATUS {
    DWORD dwServiceType, dwCurrentState, dwControlsAccepted, dwWin32ExitCode, dwServiceSpecificExitCode, dwCheckPoint, dwWaitHint;
} SERVICE_STATUS, *LPSERVICE_STATUS;
typedef VOID (WINAPI *LPSERVICE_MAIN_FUNCTIONA)(DWORD dwNumServicesArgs, LPSTR *lpServiceArgVectors);
typedef VOID (WINAPI *LPSERVICE_MAIN_FUNCTIONW)(DWORD dwNumServicesArgs, LPWSTR *lpServiceArgVectors);
typedef VOID (WINAPI *LPHANDLER_FUNCTION)(DWORD dwControl);
typedef DWORD (WINAPI *LPHANDLER_FUNCTION_EX)(DWORD dwControl, DWORD dwEventType, LPVOID lpEventData, LPVOID lpContext);
typedef struct _SERVICE_TABLE_ENTRYA {
    LPSTR                    lpServiceName;
    LPSERVICE_MAIN_FUNCTIONA lpServiceProc;
} SERVICE_TABLE_ENTRYA, *LPSERVICE_TABLE_ENTRYA;
typedef struct _SERVICE_TABLE_ENTRYW {
    LPWSTR                   lpServiceName;
    LPSERVICE_MAIN_FUNCTIONW lpServiceProc;
} SERVICE_TABLE_ENTRYW, *LPSERVICE_TABLE_ENTRYW;
typedef struct _SERVICE_DESCRIPTIONA {
    LPSTR lpDescription;
} SERVICE_DESCRIPTIONA, *LPSERVICE_DESCRIPTIONA;
typedef struct _SERVICE_DESCRIPTIONW {
    LPWSTR lpDescription;
} SERVICE_DESCRIPTIONW, *LPSERVICE_DESCRIPTIONW;

/* Answers with a code. */
static __inline__ BOOL ws2_no_service(DWORD code)
{
    SetLastError(code);
    return FALSE;
}

/* Likewise where the result is a handle: NULL. */
static __inline__ void *ws2_no_service_handle(DWORD code)
{
    SetLastError(code);
    return NULL;
}

static __inline__ BOOL StartServiceCtrlDispatcherA(const SERVICE_TABLE_ENTRYA *lpServiceStartTable)
{
    return ws2_no_service(lpServiceStartTable == NULL ? ERROR_INVALID_DATA : ERROR_FAILED_SERVICE_CONTROLLER_CONNECT);
}

static __inline__ BOOL StartServiceCtrlDispatcherW(const SERVICE_TABLE_ENTRYW *lpServiceStartTable)
{
    return ws2_no_service(lpServiceStartTable == NULL ? ERROR_INVALID_DATA : ERROR_FAILED_SERVICE_CONTROLLER_CONNECT);
}

static __inline__ SERVICE_STATUS_HANDLE RegisterServiceCtrlHandlerA(LPCSTR lpServiceName, LPHANDLER_FUNCTION lpHandlerProc)
{
    return (SERVICE_STATUS_HANDLE)ws2_no_service_handle(ERROR_SERVICE_NOT_IN_EXE);
}

static __inline__ SERVICE_STATUS_HANDLE RegisterServiceCtrlHandlerW(LPCWSTR lpServiceName, LPHANDLER_FUNCTION lpHandlerProc)
{
    return (SERVICE_STATUS_HANDLE)ws2_no_service_handle(ERROR_SERVICE_NOT_IN_EXE);
}

static __inline__ SERVICE_STATUS_HANDLE RegisterServiceCtrlHandlerExA(LPCSTR lpServiceName, LPHANDLER_FUNCTION_EX lpHandlerProc,
                                                                      LPVOID lpContext)
{
    return (SERVICE_STATUS_HANDLE)ws2_no_service_handle(ERROR_SERVICE_NOT_IN_EXE);
}

static __inline__ SERVICE_STATUS_HANDLE RegisterServiceCtrlHandlerExW(LPCWSTR lpServiceName, LPHANDLER_FUNCTION_EX lpHandlerProc,
                                                                      LPVOID lpContext)
{
    return (SERVICE_STATUS_HANDLE)ws2_no_service_handle(ERROR_SERVICE_NOT_IN_EXE);
}

static __inline__ BOOL SetServiceStatus(SERVICE_STATUS_HANDLE hServiceStatus, LPSERVICE_STATUS lpServiceStatus)
{
    return ws2_no_service(ERROR_INVALID_HANDLE);
}

static __inline__ SC_HANDLE OpenSCManagerA(LPCSTR lpMachineName, LPCSTR lpDatabaseName, DWORD dwDesiredAccess)
{
    return (SC_HANDLE)ws2_no_service_handle(RPC_S_SERVER_UNAVAILABLE);
}

static __inline__ SC_HANDLE OpenSCManagerW(LPCWSTR lpMachineName, LPCWSTR lpDatabaseName, DWORD dwDesiredAccess)
{
    return (SC_HANDLE)ws2_no_service_handle(RPC_S_SERVER_UNAVAILABLE);
}

/* Handles to services come from the manager: there are none. */
static __inline__ SC_HANDLE OpenServiceA(SC_HANDLE hSCManager, LPCSTR lpServiceName, DWORD dwDesiredAccess)
{
    return (SC_HANDLE)ws2_no_service_handle(ERROR_INVALID_HANDLE);
}

static __inline__ SC_HANDLE OpenServiceW(SC_HANDLE hSCManager, LPCWSTR lpServiceName, DWORD dwDesiredAccess)
{
    return (SC_HANDLE)ws2_no_service_handle(ERROR_INVALID_HANDLE);
}

static __inline__ SC_HANDLE CreateServiceA(SC_HANDLE hSCManager, LPCSTR lpServiceName, LPCSTR lpDisplayName, DWORD dwDesiredAccess,
                                           DWORD dwServiceType, DWORD dwStartType, DWORD dwErrorControl, LPCSTR lpBinaryPathName,
                                           LPCSTR lpLoadOrderGroup, LPDWORD lpdwTagId, LPCSTR lpDependencies,
                                           LPCSTR lpServiceStartName, LPCSTR lpPassword)
{
    return (SC_HANDLE)ws2_no_service_handle(ERROR_INVALID_HANDLE);
}

static __inline__ SC_HANDLE CreateServiceW(SC_HANDLE hSCManager, LPCWSTR lpServiceName, LPCWSTR lpDisplayName,
                                           DWORD dwDesiredAccess, DWORD dwServiceType, DWORD dwStartType, DWORD dwErrorControl,
                                           LPCWSTR lpBinaryPathName, LPCWSTR lpLoadOrderGroup, LPDWORD lpdwTagId,
                                           LPCWSTR lpDependencies, LPCWSTR lpServiceStartName, LPCWSTR lpPassword)
{
    return (SC_HANDLE)ws2_no_service_handle(ERROR_INVALID_HANDLE);
}

static __inline__ BOOL StartServiceA(SC_HANDLE hService, DWORD dwNumServiceArgs, LPCSTR *lpServiceArgVectors)
{
    return ws2_no_service(ERROR_INVALID_HANDLE);
}

static __inline__ BOOL StartServiceW(SC_HANDLE hService, DWORD dwNumServiceArgs, LPCWSTR *lpServiceArgVectors)
{
    return ws2_no_service(ERROR_INVALID_HANDLE);
}

static __inline__ BOOL ControlService(SC_HANDLE hService, DWORD dwControl, LPSERVICE_STATUS lpServiceStatus)
{
    return ws2_no_service(ERROR_INVALID_HANDLE);
}

static __inline__ BOOL QueryServiceStatus(SC_HANDLE hService, LPSERVICE_STATUS lpServiceStatus)
{
    return ws2_no_service(ERROR_INVALID_HANDLE);
}

static __inline__ BOOL DeleteService(SC_HANDLE hService)
{
    return ws2_no_service(ERROR_INVALID_HANDLE);
}

static __inline__ BOOL CloseServiceHandle(SC_HANDLE hSCObject)
{
    return ws2_no_service(ERROR_INVALID_HANDLE);
}

static __inline__ BOOL ChangeServiceConfig2A(SC_HANDLE hService, DWORD dwInfoLevel, LPVOID lpInfo)
{
    return ws2_no_service(ERROR_INVALID_HANDLE);
}

static __inline__ BOOL ChangeServiceConfig2W(SC_HANDLE hService, DWORD dwInfoLevel, LPVOID lpInfo)
{
    return ws2_no_service(ERROR_INVALID_HANDLE);
}

#ifdef UNICODE
typedef SERVICE_TABLE_ENTRYW SERVICE_TABLE_ENTRY, *LPSERVICE_TABLE_ENTRY;
typedef SERVICE_DESCRIPTIONW SERVICE_DESCRIPTION, *LPSERVICE_DESCRIPTION;
#else
typedef SERVICE_TABLE_ENTRYA SERVICE_TABLE_ENTRY, *LPSERVICE_TABLE_ENTRY;
typedef SERVICE_DESCRIPTIONA SERVICE_DESCRIPTION, *LPSERVICE_DESCRIPTION;
#endif
#define LPSERVICE_MAIN_FUNCTION WS2_WIDTH(LPSERVICE_MAIN_FUNCTION)
#define StartServiceCtrlDispatcher WS2_WIDTH(StartServiceCtrlDispatcher)
#define RegisterServiceCtrlHandler WS2_WIDTH(RegisterServiceCtrlHandler)
#define RegisterServiceCtrlHandlerEx WS2_WIDTH(RegisterServiceCtrlHandlerEx)
#define OpenSCManager WS2_WIDTH(OpenSCManager)
#define OpenService WS2_WIDTH(OpenService)
#define CreateService WS2_WIDTH(CreateService)
#define StartService WS2_WIDTH(StartService)
#define ChangeServiceConfig2 WS2_WIDTH(ChangeServiceConfig2)
#define SERVICES_ACTIVE_DATABASE WS2_WIDTH(SERVICES_ACTIVE_DATABASE)

#endif

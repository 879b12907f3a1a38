/* A program that can be a service and has its settings in the registry, as user and as installer: what it is told where there is
   neither. */
#include "check.h"
#include <string.h>

static void WINAPI narrow_service(DWORD count, LPSTR *arguments)
{
    (void)count, (void)arguments;
}

static void WINAPI wide_service(DWORD count, LPWSTR *arguments)
{
    (void)count, (void)arguments;
}

static void WINAPI handler(DWORD control)
{
    (void)control;
}

static DWORD WINAPI handler_ex(DWORD control, DWORD type, LPVOID data, LPVOID context)
{
    (void)control, (void)type, (void)data, (void)context;
    return NO_ERROR;
}

static const WCHAR wide_name[] = { 'a', ' ', 's', 'e', 'r', 'v', 'i', 'c', 'e', 0 };

static BOOL failed_with(DWORD code)
{
    DWORD found = GetLastError();

    SetLastError(0);
    return found == code;
}

static void services(void)
{
    char name[] = "a service";
    SERVICE_TABLE_ENTRYA narrow[2] = { { name, narrow_service }, { NULL, NULL } };
    SERVICE_TABLE_ENTRYW wide[2] = { { (LPWSTR)wide_name, wide_service }, { NULL, NULL } };
    SERVICE_STATUS status;
    SERVICE_DESCRIPTIONA described = { name };
    SERVICE_DESCRIPTIONW described_wide = { (LPWSTR)wide_name };

    memset(&status, 0, sizeof status);
    CHECK(!StartServiceCtrlDispatcherA(narrow) && failed_with(ERROR_FAILED_SERVICE_CONTROLLER_CONNECT));
    CHECK(!StartServiceCtrlDispatcherW(wide) && failed_with(ERROR_FAILED_SERVICE_CONTROLLER_CONNECT));
    CHECK(RegisterServiceCtrlHandlerA(name, handler) == NULL && failed_with(ERROR_SERVICE_NOT_IN_EXE));
    CHECK(RegisterServiceCtrlHandlerW(wide_name, handler) == NULL && failed_with(ERROR_SERVICE_NOT_IN_EXE));
    CHECK(RegisterServiceCtrlHandlerExA(name, handler_ex, NULL) == NULL && failed_with(ERROR_SERVICE_NOT_IN_EXE));
    CHECK(RegisterServiceCtrlHandlerExW(wide_name, handler_ex, NULL) == NULL && failed_with(ERROR_SERVICE_NOT_IN_EXE));
    CHECK(!SetServiceStatus(NULL, &status) && failed_with(ERROR_INVALID_HANDLE));
    CHECK(OpenSCManagerA(NULL, SERVICES_ACTIVE_DATABASEA, SC_MANAGER_CONNECT) == NULL && failed_with(RPC_S_SERVER_UNAVAILABLE));
    CHECK(OpenSCManagerW(NULL, NULL, SC_MANAGER_ALL_ACCESS) == NULL && failed_with(RPC_S_SERVER_UNAVAILABLE));
    CHECK(OpenServiceA(NULL, name, SERVICE_START) == NULL && failed_with(ERROR_INVALID_HANDLE));
    CHECK(OpenServiceW(NULL, wide_name, SERVICE_ALL_ACCESS) == NULL && failed_with(ERROR_INVALID_HANDLE));
    CHECK(CreateServiceA(NULL, name, name, SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START, SERVICE_ERROR_NORMAL, name,
                         NULL, NULL, NULL, NULL, NULL) == NULL && failed_with(ERROR_INVALID_HANDLE));
    CHECK(CreateServiceW(NULL, wide_name, wide_name, SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS, SERVICE_DEMAND_START,
                         SERVICE_ERROR_NORMAL, wide_name, NULL, NULL, NULL, NULL, NULL) == NULL && failed_with(ERROR_INVALID_HANDLE));
    CHECK(!StartServiceA(NULL, 0, NULL) && failed_with(ERROR_INVALID_HANDLE));
    CHECK(!StartServiceW(NULL, 0, NULL) && failed_with(ERROR_INVALID_HANDLE));
    CHECK(!ControlService(NULL, SERVICE_CONTROL_STOP, &status) && failed_with(ERROR_INVALID_HANDLE));
    CHECK(!QueryServiceStatus(NULL, &status) && failed_with(ERROR_INVALID_HANDLE));
    CHECK(!ChangeServiceConfig2A(NULL, SERVICE_CONFIG_DESCRIPTION, &described) && failed_with(ERROR_INVALID_HANDLE));
    CHECK(!ChangeServiceConfig2W(NULL, SERVICE_CONFIG_DESCRIPTION, &described_wide) && failed_with(ERROR_INVALID_HANDLE));
    CHECK(!DeleteService(NULL) && failed_with(ERROR_INVALID_HANDLE));
    CHECK(!CloseServiceHandle(NULL) && failed_with(ERROR_INVALID_HANDLE));
}

#define NO_KEY ((HKEY)(ULONG_PTR)0x1234)

static void registry_in_narrow_texts(void)
{
    const char *path = "Software\\No such program of this test";
    HKEY key = NULL;
    BYTE data[16];
    char name[64];
    DWORD size = sizeof data, length = sizeof name, type = REG_NONE, what = 0;
    FILETIME time;

    CHECK(RegOpenKeyExA(HKEY_LOCAL_MACHINE, path, 0, KEY_READ, &key) == ERROR_FILE_NOT_FOUND);
    CHECK(RegOpenKeyA(HKEY_CURRENT_USER, path, &key) == ERROR_FILE_NOT_FOUND && RegOpenKeyA(HKEY_CURRENT_USER, "", &key) == 0);
    CHECK(key == HKEY_CURRENT_USER);
    CHECK(RegCreateKeyExA(key, path, 0, NULL, REG_OPTION_NON_VOLATILE, KEY_WRITE, NULL, &key, &what) == ERROR_ACCESS_DENIED);
    CHECK(RegCreateKeyA(key, path, &key) == ERROR_ACCESS_DENIED && RegCreateKeyA(NO_KEY, path, &key) == ERROR_INVALID_HANDLE);
    CHECK(RegSetValueExA(key, "value", 0, REG_SZ, (const BYTE *)"text", 5) == ERROR_ACCESS_DENIED);
    CHECK(RegSetValueExA(NO_KEY, "value", 0, REG_SZ, (const BYTE *)"text", 5) == ERROR_INVALID_HANDLE);
    CHECK(RegQueryValueExA(key, "value", NULL, &type, data, &size) == ERROR_FILE_NOT_FOUND);
    CHECK(RegGetValueA(key, path, "value", RRF_RT_ANY, &type, data, &size) == ERROR_FILE_NOT_FOUND);
    CHECK(RegEnumKeyExA(key, 0, name, &length, NULL, NULL, NULL, &time) == ERROR_NO_MORE_ITEMS);
    CHECK(RegEnumKeyExA(NO_KEY, 0, name, &length, NULL, NULL, NULL, &time) == ERROR_INVALID_HANDLE);
    CHECK(RegEnumValueA(key, 0, name, &length, NULL, &type, data, &size) == ERROR_NO_MORE_ITEMS);
    CHECK(RegDeleteValueA(key, "value") == ERROR_FILE_NOT_FOUND && RegDeleteKeyA(key, path) == ERROR_FILE_NOT_FOUND);
    CHECK(RegFlushKey(key) == ERROR_SUCCESS && RegCloseKey(key) == ERROR_SUCCESS && RegCloseKey(NO_KEY) == ERROR_INVALID_HANDLE);
}

static void registry_in_wide_texts(void)
{
    static const WCHAR nothing[] = { 0 };
    HKEY key = NULL;
    BYTE data[16];
    WCHAR name[64];
    DWORD size = sizeof data, length = 64, type = REG_NONE, what = 0;
    FILETIME time;

    CHECK(RegOpenKeyExW(HKEY_CURRENT_USER, wide_name, 0, KEY_READ, &key) == ERROR_FILE_NOT_FOUND);
    CHECK(RegOpenKeyExW(HKEY_CURRENT_USER, nothing, 0, KEY_READ, &key) == ERROR_SUCCESS);
    CHECK(RegOpenKeyW(HKEY_CURRENT_USER, NULL, &key) == ERROR_SUCCESS && key == HKEY_CURRENT_USER);
    CHECK(RegCreateKeyExW(key, wide_name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, &what) == ERROR_ACCESS_DENIED);
    CHECK(RegCreateKeyW(key, wide_name, &key) == ERROR_ACCESS_DENIED);
    CHECK(RegSetValueExW(key, wide_name, 0, REG_DWORD, (const BYTE *)&what, 4) == ERROR_ACCESS_DENIED);
    CHECK(RegQueryValueExW(key, wide_name, NULL, &type, data, &size) == ERROR_FILE_NOT_FOUND);
    CHECK(RegGetValueW(key, NULL, wide_name, RRF_RT_REG_DWORD, &type, data, &size) == ERROR_FILE_NOT_FOUND);
    CHECK(RegEnumKeyExW(key, 0, name, &length, NULL, NULL, NULL, &time) == ERROR_NO_MORE_ITEMS);
    CHECK(RegEnumValueW(key, 0, name, &length, NULL, &type, data, &size) == ERROR_NO_MORE_ITEMS);
    CHECK(RegDeleteValueW(key, wide_name) == ERROR_FILE_NOT_FOUND && RegDeleteKeyW(key, wide_name) == ERROR_FILE_NOT_FOUND);
}

int main(void)
{
    services();
    registry_in_narrow_texts();
    registry_in_wide_texts();
    return result();
}

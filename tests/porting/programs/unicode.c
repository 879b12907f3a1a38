/* A program that is compiled with UNICODE: the names without a letter are the functions with wide texts. */
#define UNICODE
#define _UNICODE
#include "check.h"
#include <rpc.h>
#include <shellapi.h>
#include <shlobj.h>
#include <string.h>

int main(void)
{
    static WCHAR name[] = { 'n', 'o', ' ', 's', 'u', 'c', 'h', 0 };
    WCHAR path[MAX_PATH];
    static const WCHAR library[] = { 'k', 'e', 'r', 'n', 'e', 'l', '3', '2', '.', 'd', 'l', 'l', 0 };
    static const WCHAR line[] = { 'b', 'a', 'u', 'd', '=', '9', '6', '0', '0', ' ', 'p', 'a', 'r', 'i', 't', 'y', '=', 'E',
                                  ' ', 'd', 'a', 't', 'a', '=', '7', 0 };
    HKEY key;
    HMODULE module = NULL;
    DCB block;
    UUID one, two;
    RPC_WSTR text = NULL;

    CHECK(OpenSCManager(NULL, SERVICES_ACTIVE_DATABASE, SC_MANAGER_CONNECT) == NULL);
    CHECK(OpenService(NULL, name, SERVICE_START) == NULL && RegisterServiceCtrlHandlerEx(name, NULL, NULL) == NULL);
    CHECK(!StartService(NULL, 0, NULL) && !ChangeServiceConfig2(NULL, SERVICE_CONFIG_DESCRIPTION, NULL));
    CHECK((INT_PTR)ShellExecute(NULL, NULL, name, NULL, NULL, SW_SHOWNORMAL) == SE_ERR_FNF);
    CHECK(FAILED(SHGetFolderPath(NULL, CSIDL_PROGRAM_FILES, NULL, SHGFP_TYPE_CURRENT, path)));
    CHECK(!SHGetSpecialFolderPath(NULL, path, CSIDL_PROGRAM_FILES, FALSE));
    CHECK(RegOpenKeyEx(HKEY_CURRENT_USER, name, 0, KEY_READ, &key) == ERROR_FILE_NOT_FOUND);
    CHECK(UuidCreate(&one) == RPC_S_OK && UuidToString(&one, &text) == RPC_S_OK);
    CHECK(lstrlen((LPCWSTR)text) == 36 && text[14] == '4' && text[36] == 0);
    CHECK(UuidFromString(text, &two) == RPC_S_OK && memcmp(&one, &two, sizeof one) == 0);
    text[20] = 0x0100 + '0';
    CHECK(UuidFromString(text, &two) == RPC_S_INVALID_STRING_UUID);
    text[20] = 0;
    CHECK(UuidFromString(text, &two) == RPC_S_INVALID_STRING_UUID);
    CHECK(GetModuleHandleEx(GET_MODULE_HANDLE_EX_FLAG_PIN, library, &module) && module == GetModuleHandle(library));
    CHECK(!GetModuleHandleEx(0, name, &module) && GetLastError() == ERROR_MOD_NOT_FOUND && module == NULL);
    CHECK(GetModuleHandleEx(0, NULL, &module) && module == GetModuleHandle(NULL));
    memset(&block, 0, sizeof block);
    CHECK(BuildCommDCB(line, &block) && block.BaudRate == CBR_9600 && block.ByteSize == 7 && block.Parity == EVENPARITY);
    CHECK(RpcStringFree(&text) == RPC_S_OK && text == NULL);
    CHECK(UuidFromString(NULL, &two) == RPC_S_OK && two.Data1 == 0);
    return result();
}

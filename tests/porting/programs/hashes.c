/* Hashes as a WebSocket's handshake and checks of downloads have them; identifiers; the registry that has no key; and whether
   the system is new enough. */
#include "check.h"
#include <wincrypt.h>
#include <rpc.h>
#include <string.h>

static void is(HCRYPTPROV provider, ALG_ID algorithm, const char *text, const char *expected)
{
    HCRYPTHASH hash;
    BYTE value[64];
    char found[130] = "";
    DWORD length = sizeof value, size = 0, at, step;

    CHECK(CryptCreateHash(provider, algorithm, 0, 0, &hash));
    /* In two parts. */
    step = (DWORD)strlen(text) / 3;
    CHECK(CryptHashData(hash, (const BYTE *)text, step, 0));
    CHECK(CryptHashData(hash, (const BYTE *)text + step, (DWORD)strlen(text) - step, 0));
    at = sizeof size;
    CHECK(CryptGetHashParam(hash, HP_HASHSIZE, (BYTE *)&size, &at, 0) && at == 4);
    CHECK(CryptGetHashParam(hash, HP_HASHVAL, value, &length, 0) && length == size);
    for (at = 0; at < length; at++)
        sprintf(found + 2 * at, "%02x", value[at]);
    CHECK(strcmp(found, expected) == 0);
    CHECK(!CryptHashData(hash, value, 1, 0));
    CHECK(CryptDestroyHash(hash));
}

static void hashes(void)
{
    char long_text[201];
    HCRYPTPROV provider;
    HCRYPTHASH hash;

    memset(long_text, 'a', 200);
    long_text[200] = 0;
    CHECK(CryptAcquireContextA(&provider, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT));
    is(provider, CALG_MD5, "", "d41d8cd98f00b204e9800998ecf8427e");
    is(provider, CALG_MD5, "message digest", "f96b697d7cb7938d525a2f31aaf161d0");
    is(provider, CALG_MD5, long_text, "887f30b43b2867f4a9accceee7d16e6c");
    is(provider, CALG_SHA1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d");
    is(provider, CALG_SHA1, "dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11", "b37a4f2cc0624f1690f64606cf385945b2bec4ea");
    is(provider, CALG_SHA1, long_text, "e61cfffe0d9195a525fc6cf06ca2d77119c24a40");
    is(provider, CALG_SHA_256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    is(provider, CALG_SHA_256, long_text, "c2a908d98f5df987ade41b5fce213067efbcc21ef2240212a41e54b5e7c28ae5");
    CHECK(!CryptCreateHash(provider, 0x8009, 0, 0, &hash) && GetLastError() == (DWORD)NTE_BAD_ALGID);
    CHECK(CryptReleaseContext(provider, 0));
}

static void identifiers(void)
{
    UUID one, two;
    RPC_CSTR text = NULL;

    CHECK(UuidCreate(&one) == RPC_S_OK && UuidCreate(&two) == RPC_S_OK);
    CHECK(memcmp(&one, &two, sizeof one) != 0);
    CHECK(UuidToStringA(&one, &text) == RPC_S_OK && strlen((char *)text) == 36 && text[14] == '4');
    CHECK(UuidFromStringA(text, &two) == RPC_S_OK && memcmp(&one, &two, sizeof one) == 0);
    text[0] = 'x';
    CHECK(UuidFromStringA(text, &two) == RPC_S_INVALID_STRING_UUID);
    CHECK(RpcStringFreeA(&text) == RPC_S_OK && text == NULL);
}

static void registry(void)
{
    HKEY key = NULL;
    BYTE data[16];
    DWORD size = sizeof data;

    CHECK(RegOpenKeyExA(HKEY_CURRENT_USER, "Software\\No such program of this test", 0, KEY_READ, &key) == ERROR_FILE_NOT_FOUND);
    CHECK(RegOpenKeyEx(HKEY_CURRENT_USER, NULL, 0, KEY_READ, &key) == ERROR_SUCCESS);
    CHECK(RegQueryValueExA(key, "no such value of this test", NULL, NULL, data, &size) == ERROR_FILE_NOT_FOUND);
    CHECK(RegCloseKey(key) == ERROR_SUCCESS);
}

static void version(void)
{
    OSVERSIONINFOEXA wanted;
    DWORDLONG how = 0;

    memset(&wanted, 0, sizeof wanted);
    wanted.dwOSVersionInfoSize = sizeof wanted;
    wanted.dwMajorVersion = 6;
    wanted.dwMinorVersion = 0;
    how = VerSetConditionMask(how, VER_MAJORVERSION, VER_GREATER_EQUAL);
    how = VerSetConditionMask(how, VER_MINORVERSION, VER_GREATER_EQUAL);
    CHECK(VerifyVersionInfoA(&wanted, VER_MAJORVERSION | VER_MINORVERSION, how));
    wanted.dwMajorVersion = 100;
    CHECK(!VerifyVersionInfoA(&wanted, VER_MAJORVERSION | VER_MINORVERSION, how));
    CHECK(GetLastError() == ERROR_OLD_WIN_VERSION);
}

static void WINAPI service(DWORD count, char **arguments)
{
    (void)count, (void)arguments;
}

/* A program that may be a service, and was started by a user. */
static void from_a_console(void)
{
    char name[] = "a service";
    SERVICE_TABLE_ENTRYA table[2] = { { name, service }, { NULL, NULL } };

    CHECK(!StartServiceCtrlDispatcherA(table) && GetLastError() == ERROR_FAILED_SERVICE_CONTROLLER_CONNECT);
}

int main(void)
{
    from_a_console();
    hashes();
    identifiers();
    registry();
    version();
    return result();
}

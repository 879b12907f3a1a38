/* Random numbers by both of Windows' interfaces. */
#include "check.h"
#include <wincrypt.h>
#include <bcrypt.h>
#include <string.h>

int main(void)
{
    HCRYPTPROV provider = 0;
    BCRYPT_ALG_HANDLE generator = NULL;
    BYTE one[32] = {0}, two[32] = {0}, three[32] = {0}, none[32] = {0};

    CHECK(CryptAcquireContext(&provider, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT | CRYPT_SILENT));
    CHECK(CryptGenRandom(provider, sizeof(one), one) && CryptGenRandom(provider, sizeof(two), two));
    CHECK(memcmp(one, two, sizeof(one)) != 0 && memcmp(one, none, sizeof(one)) != 0);
    CHECK(CryptReleaseContext(provider, 0));
    CHECK(BCRYPT_SUCCESS(BCryptGenRandom(NULL, three, sizeof(three), BCRYPT_USE_SYSTEM_PREFERRED_RNG)));
    CHECK(memcmp(three, none, sizeof(three)) != 0);
    CHECK(BCRYPT_SUCCESS(BCryptOpenAlgorithmProvider(&generator, BCRYPT_RNG_ALGORITHM, NULL, 0)));
    CHECK(BCRYPT_SUCCESS(BCryptGenRandom(generator, two, sizeof(two), 0)) && memcmp(two, three, sizeof(two)) != 0);
    CHECK(BCRYPT_SUCCESS(BCryptCloseAlgorithmProvider(generator, 0)));
    CHECK(!BCRYPT_SUCCESS(BCryptGenRandom(NULL, three, sizeof(three), 0)));
    return result();
}

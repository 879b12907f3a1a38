/* Descriptors of who may use an object, as programs make them for SECURITY_ATTRIBUTES. An object of this library is its process' own,
   so that they change nothing. Part of windows.h. */
#ifndef WS2_SECURITY_H
#define WS2_SECURITY_H
#pragma GCC system_header

#include "windows.h"

#define SECURITY_DESCRIPTOR_REVISION   1
#define SECURITY_DESCRIPTOR_REVISION1  1
#define SECURITY_DESCRIPTOR_MIN_LENGTH (sizeof(SECURITY_DESCRIPTOR))
#define SE_OWNER_DEFAULTED             0x0001
#define SE_GROUP_DEFAULTED             0x0002
#define SE_DACL_PRESENT                0x0004
#define SE_DACL_DEFAULTED              0x0008
#define SE_SACL_PRESENT                0x0010
#define SE_SACL_DEFAULTED              0x0020

typedef PVOID PSECURITY_DESCRIPTOR;
typedef PVOID PSID;
typedef WORD SECURITY_DESCRIPTOR_CONTROL, *PSECURITY_DESCRIPTOR_CONTROL;

typedef struct _ACL {
    BYTE AclRevision;
    BYTE Sbz1;
    WORD AclSize;
    WORD AceCount;
    WORD Sbz2;
} ACL, *PACL;

typedef struct _SECURITY_DESCRIPTOR {
    BYTE                        Revision;
    BYTE                        Sbz1;
    SECURITY_DESCRIPTOR_CONTROL Control;
    PSID                        Owner;
    PSID                        Group;
    PACL                        Sacl;
    PACL                        Dacl;
} SECURITY_DESCRIPTOR, *PISECURITY_DESCRIPTOR;

/* A descriptor that says nothing. Fails with ERROR_UNKNOWN_REVISION. */
static __inline__ BOOL InitializeSecurityDescriptor(PSECURITY_DESCRIPTOR pSecurityDescriptor, DWORD dwRevision)
{
    if (dwRevision != SECURITY_DESCRIPTOR_REVISION) {
        SetLastError(ERROR_UNKNOWN_REVISION);
        return FALSE;
    }
    ZeroMemory(pSecurityDescriptor, sizeof(SECURITY_DESCRIPTOR));
    ((SECURITY_DESCRIPTOR *)pSecurityDescriptor)->Revision = SECURITY_DESCRIPTOR_REVISION;
    return TRUE;
}

/* Puts a list into it; none at all lets everybody. Fails with ERROR_UNKNOWN_REVISION where it was not initialized. */
static __inline__ BOOL SetSecurityDescriptorDacl(PSECURITY_DESCRIPTOR pSecurityDescriptor, BOOL bDaclPresent, PACL pDacl,
                                                 BOOL bDaclDefaulted)
{
    SECURITY_DESCRIPTOR *descriptor = (SECURITY_DESCRIPTOR *)pSecurityDescriptor;

    if (descriptor->Revision != SECURITY_DESCRIPTOR_REVISION) {
        SetLastError(ERROR_UNKNOWN_REVISION);
        return FALSE;
    }
    descriptor->Control &= (SECURITY_DESCRIPTOR_CONTROL)~(SE_DACL_PRESENT | SE_DACL_DEFAULTED);
    descriptor->Dacl = bDaclPresent ? pDacl : NULL;
    if (bDaclPresent)
        descriptor->Control |= (SECURITY_DESCRIPTOR_CONTROL)(SE_DACL_PRESENT | (bDaclDefaulted ? SE_DACL_DEFAULTED : 0));
    return TRUE;
}

static __inline__ BOOL IsValidSecurityDescriptor(PSECURITY_DESCRIPTOR pSecurityDescriptor)
{
    return ((SECURITY_DESCRIPTOR *)pSecurityDescriptor)->Revision == SECURITY_DESCRIPTOR_REVISION;
}

#endif

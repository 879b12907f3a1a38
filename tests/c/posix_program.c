/* A program without Winsock. */
int posix_works(void);

int main(void)
{
    return posix_works() ? 0 : 1;
}

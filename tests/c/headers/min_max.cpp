// min and max as functions of windows.h, beside those of std.
#include <algorithm>
#include <winsock2.h>
#include <limits>
namespace { struct Range { int min() const { return 1; } int max(int a) const { return a; } }; }
static int global() { long big = 7; return min(1, 2) + max(3, 4L) + (int)max(big, 2); }
using namespace std;
int main()
{
    Range range;
    return !(global() == 12 && min(1, 2) == 1 && std::max(1, 2) == 2 && range.min() + range.max(2) == 3 &&
             numeric_limits<int>::max() > 0);
}

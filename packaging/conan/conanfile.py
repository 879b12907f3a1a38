# Recipe for Conan 2: `conan create packaging/conan` in the tree builds what `make` builds, packs what `make install` installs, and builds and
# runs a program with it. Wants cargo, gcc, make and binutils. With -o "&:shared=False" a program holds the library.
import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.files import copy, load, rm, rmdir


class Ws2Recipe(ConanFile):
    name = "ws2_32"
    description = "Winsock's C interface for Linux"
    license = "MIT OR Apache-2.0"
    topics = ("winsock", "sockets", "windows", "porting")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False]}
    default_options = {"shared": True}

    tree = ["Cargo.toml", "Cargo.lock", "Makefile", "build.rs", "cbindgen.toml", "*.md", "LICENSE-*",
            "benches/*", "bin/*", "build/*", "docs/*", "include/*", "packaging/*", "share/*", "src/*", "tools/*"]

    def _root(self):
        return os.path.normpath(os.path.join(self.recipe_folder, "..", ".."))

    def set_version(self):
        manifest = load(self, os.path.join(self._root(), "Cargo.toml"))
        self.version = re.search(r'^version = "(.*)"', manifest, re.M).group(1)

    def export_sources(self):
        for pattern in self.tree:
            copy(self, pattern, self._root(), self.export_sources_folder, excludes=["target/*", "fuzz/*"])

    def validate(self):
        if self.settings.os != "Linux":
            raise ConanInvalidConfiguration("this library is for Linux; Windows has its own")

    def package_id(self):
        # The libraries are C's, and always optimised.
        del self.info.settings.compiler
        del self.info.settings.build_type

    def build(self):
        self.run("make libraries pages CARGO_TARGET_DIR=target")

    def package(self):
        self.run(f"make install CARGO_TARGET_DIR=target DESTDIR='{self.package_folder}' prefix= docdir=/licenses")
        # Conan writes its own, which know where the package is.
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))
        rmdir(self, os.path.join(self.package_folder, "lib", "cmake"))
        # Whichever is left is what -lws2_32 finds.
        library = os.path.join(self.package_folder, "lib")
        if self.options.shared:
            rm(self, "libws2_32.a", library)
            rm(self, "lib[Ww][Ss]*.a", library)
        else:
            rm(self, "libws2_32.so*", library)
            rm(self, "*.dll", library)
            rm(self, "*.dll.so", library)
            rm(self, "lib[Ww][Ss]*.so", library)

    def package_info(self):
        self.cpp_info.libs = ["ws2_32"]
        self.cpp_info.includedirs = [os.path.join("include", "ws2_32")]
        self.cpp_info.set_property("cmake_file_name", "ws2_32")
        self.cpp_info.set_property("cmake_target_name", "ws2_32::ws2_32")
        self.cpp_info.set_property("pkg_config_name", "ws2_32")
        if not self.options.shared:
            self.cpp_info.system_libs = ["util", "rt", "pthread", "m", "dl"]
            self.cpp_info.exelinkflags = ["-Wl,--gc-sections"]

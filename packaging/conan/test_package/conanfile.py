# Builds README's program with the package, and runs it.
import os
import re

from conan import ConanFile
from conan.tools.build import can_run
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout
from conan.tools.files import load, save


class Ws2TestConan(ConanFile):
    settings = "os", "arch", "compiler", "build_type"
    generators = "CMakeDeps"

    def requirements(self):
        self.requires(self.tested_reference_str)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        # No file beside the sources.
        toolchain.user_presets_path = False
        toolchain.generate()

    def build(self):
        readme = load(self, os.path.join(self.recipe_folder, "..", "..", "..", "README.md"))
        example = re.search(r"^```c example\n(.*?)^```", readme, re.M | re.S).group(1)
        save(self, os.path.join(self.build_folder, "example.c"), example)
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def test(self):
        if can_run(self):
            self.run(f"'{os.path.join(self.cpp.build.bindir, 'example')}' | grep -qx 'error 10057'", env="conanrun")

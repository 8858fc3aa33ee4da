"""What the set-up says, in English and Chinese. It runs before the desk's own catalogue can be read."""

from __future__ import annotations

import locale
import os
import sys

WORDS = {
    "about": ("Set up Emergency Desk and open it, or run its tests.", "安装城市应急值守与指挥桌面系统并打开，或运行测试。"),
    "commands": ("open: the desk on the demo city; test: every check", "open：打开演示城市；test：运行全部检查"),
    "more": ("passed on to the desk or to pytest", "其余参数原样交给系统或 pytest"),
    "python_unfit": (
        "Python 3.11, 3.12 or 3.13 is needed, this is {version}. Install one of them and call this again with it.",
        "需要 Python 3.11、3.12 或 3.13，当前为 {version}。请安装其中之一，再用它运行。",
    ),
    "no_apt": (
        "System libraries are missing, and there is no apt here. Install what your system calls:\n  {packages}\nthen call this again.",
        "缺少系统库，而本机没有 apt。请用本机的软件管理工具安装下列各项（名称为 Debian 的叫法）：\n  {packages}\n然后再次运行。",
    ),
    "no_sudo": (
        "System libraries are missing, and only root may install them. As root, run:\n  apt-get update && apt-get install {packages}\n"
        "then call this again.",
        "缺少系统库，须由管理员安装。请以 root 身份运行：\n  apt-get update && apt-get install {packages}\n然后再次运行。",
    ),
    "apt": ("Installing system packages: {packages}", "正在安装系统软件包：{packages}"),
    "apt_update_failed": (
        "The package lists could not be fetched (see above). Check the network and the sources of apt, then call this again.",
        "无法获取软件包列表（见上文）。请检查网络和 apt 软件源，然后再次运行。",
    ),
    "apt_failed": (
        "System packages could not be installed (see above): {packages}. Check the network, then call this again.",
        "系统软件包未能安装（见上文）：{packages}。请检查网络，然后再次运行。",
    ),
    "apt_left": (
        "apt reported success, yet these are still missing: {packages}. Install them by hand, then call this again.",
        "apt 报告成功，但仍缺少：{packages}。请手动安装后再次运行。",
    ),
    "venv": ("Making the virtual environment {folder}", "正在建立虚拟环境 {folder}"),
    "venv_failed": (
        "The virtual environment {folder} could not be made (see above). Python's own venv module is needed.",
        "未能建立虚拟环境 {folder}（见上文）。需要 Python 自带的 venv 模块。",
    ),
    "pip": (
        "Installing the packages of {listing}; the first time this takes some minutes.",
        "正在安装 {listing} 中的软件包，首次需要几分钟。",
    ),
    "pip_failed": (
        "The packages of {listing} could not be installed (see above). Check the network and pip's settings, then call this again.",
        "{listing} 中的软件包未能安装（见上文）。请检查网络和 pip 设置，然后再次运行。",
    ),
    "package_failed": (
        "The desk itself could not be installed (see above). If files are missing from the folder, fetch it anew.",
        "系统本身未能安装（见上文）。如文件夹内缺少文件，请重新获取。",
    ),
    "again": ("That did not work; trying once more.", "未成功，再试一次。"),
    "opening": ("Opening the desk on the demo city.", "正在打开演示城市。"),
    "no_display": (
        "There is no display here, so no window can be shown. A walk is played on the demo city, and pictures are saved in {folder}",
        "本机没有可用的显示器，无法显示窗口。现在在演示城市上走一遍流程，并把画面保存到 {folder}",
    ),
    "pictures": ("The pictures:\n{names}", "画面：\n{names}"),
    "checks_failed": (
        "{names} found faults (see above). The tests run all the same, and this run counts as failed.",
        "{names} 发现问题（见上文）。测试照常进行，但本次运行按失败计。",
    ),
}


def language() -> int:
    """Return the column of WORDS to use: 0 English, 1 Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return 1 if os.environ[name].startswith("zh") else 0
    return 1 if (locale.getlocale()[0] or "").startswith(("zh", "Chinese")) else 0


def text(key: str, **values: object) -> str:
    """Return a sentence with its values filled in."""
    return WORDS[key][language()].format(**values)


def say(key: str, **values: object) -> None:
    """Tell the user, at once, whatever the console can write."""
    line = text(key, **values)
    encoding = sys.stdout.encoding or "ascii"
    print(line.encode(encoding, "replace").decode(encoding), flush=True)

; The installer for Windows 10 and 11, 64 bits. build_windows.py calls:
;   makensis -DVERSION=0.1.0 -DARCHITECTURE=amd64 -DFOLDER=frozen-folder -DOUT=file.exe emergency-desk.nsi
; Needs no network. /S installs without asking. Taking the program off leaves every store, backup and setting where it is.
Unicode true
ManifestDPIAware true
!include MUI2.nsh
!include LogicLib.nsh
!include x64.nsh
!include FileFunc.nsh

!define NAME "Emergency Desk"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\emergency-desk"
!define KIND "EmergencyDesk.Plans"

Name "${NAME} ${VERSION}"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\Emergency Desk"
InstallDirRegKey HKLM "${KEY}" "InstallLocation"
RequestExecutionLevel admin
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Apache License 2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

LangString Title ${LANG_SIMPCHINESE} "应急值班台"
LangString Title ${LANG_ENGLISH} "Emergency Desk"
LangString Plans ${LANG_SIMPCHINESE} "应急值班台预案文件"
LangString Plans ${LANG_ENGLISH} "Plans of an emergency desk"
LangString Not64 ${LANG_SIMPCHINESE} "本程序需要 64 位的 Windows 10 或更高版本。"
LangString Not64 ${LANG_ENGLISH} "This program needs Windows 10 or newer, 64 bits."
LangString IsOpen ${LANG_SIMPCHINESE} "应急值班台正在运行。请先关闭窗口，再重试。"
LangString IsOpen ${LANG_ENGLISH} "The desk is open. Close its window, then try again."

; The program in place is held open by Windows while it runs, so it cannot be opened for writing.
!macro RefuseWhileOpen
  ${If} ${FileExists} "$INSTDIR\emergency-desk-window.exe"
    ${Do}
      ClearErrors
      FileOpen $0 "$INSTDIR\emergency-desk-window.exe" a
      ${IfNot} ${Errors}
        FileClose $0
        ${ExitDo}
      ${EndIf}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IsOpen)" /SD IDCANCEL IDRETRY +2
      Abort
    ${Loop}
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(Not64)" /SD IDOK
    Abort
  ${EndIf}
  SetRegView 64
FunctionEnd

Function un.onInit
  SetRegView 64
FunctionEnd

Section
  !insertmacro RefuseWhileOpen
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\_internal" ; of the version before; no data lies here
  File /r "${FOLDER}\*.*"
  File "/oname=emergency-desk.ico" "${ICON}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  SetShellVarContext all
  CreateShortcut "$SMPROGRAMS\$(Title).lnk" "$INSTDIR\emergency-desk-window.exe" "" "$INSTDIR\emergency-desk.ico"
  CreateShortcut "$DESKTOP\$(Title).lnk" "$INSTDIR\emergency-desk-window.exe" "" "$INSTDIR\emergency-desk.ico"
  WriteRegStr HKLM "Software\Classes\.edplan" "" "${KIND}"
  WriteRegStr HKLM "Software\Classes\${KIND}" "" "$(Plans)"
  WriteRegStr HKLM "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\emergency-desk.ico"
  WriteRegStr HKLM "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\emergency-desk-window.exe" open "%1"'
  WriteRegStr HKLM "${KEY}" "DisplayName" "$(Title)"
  WriteRegStr HKLM "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${KEY}" "DisplayIcon" "$INSTDIR\emergency-desk.ico"
  WriteRegStr HKLM "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${KEY}" "NoModify" 1
  WriteRegDWORD HKLM "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKLM "${KEY}" "EstimatedSize" "$0"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; the icons of files are drawn anew
SectionEnd

Section "Uninstall"
  !insertmacro RefuseWhileOpen
  SetShellVarContext all
  Delete "$SMPROGRAMS\$(Title).lnk"
  Delete "$DESKTOP\$(Title).lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\emergency-desk.exe"
  Delete "$INSTDIR\emergency-desk-window.exe"
  Delete "$INSTDIR\emergency-desk.ico"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only when nothing else lies there
  ReadRegStr $0 HKLM "Software\Classes\.edplan" ""
  StrCmp $0 "${KIND}" 0 +2
  DeleteRegKey HKLM "Software\Classes\.edplan"
  DeleteRegKey HKLM "Software\Classes\${KIND}"
  DeleteRegKey HKLM "${KEY}"
SectionEnd

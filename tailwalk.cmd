@echo off
rem Runs Tailwalk on Windows, as the file "tailwalk" does elsewhere: finds a JDK of version 25 or
rem later, builds the program with Maven when its sources are newer than the last build, starts it.
setlocal EnableExtensions
set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"
set "STATE=%ROOT%\.tailwalk"
set "JAR=%ROOT%\cli\target\tailwalk-cli.jar"
set "JDK="
set "BUILT="
if exist "%ROOT%\tailwalk-cli.jar" (
  set "JAR=%ROOT%\tailwalk-cli.jar"
  set "BUILT=1"
)

if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined JDK for /f "delims=" %%J in ('where java 2^>nul') do if not defined JDK call :try "%%~dpJ.."
if not defined JDK for %%V in ("Eclipse Adoptium" Java Microsoft Zulu "Amazon Corretto" BellSoft Semeru) do (
  for /d %%J in ("%ProgramFiles%\%%~V\*") do if not defined JDK call :try "%%~J"
)
if not defined JDK (
  echo tailwalk: needs a JDK of version 25 or later and found none; install one ^(for example Temurin 25^) and set JAVA_HOME to it 1>&2
  exit /b 2
)

if defined BUILT goto :start
call :fresh
if errorlevel 1 (
  call :build
  if errorlevel 1 exit /b 2
)
:start
"%JDK%\bin\java" -XX:MaxRAMPercentage=75 -XX:+UseSerialGC -XX:-DontCompileHugeMethods -jar "%JAR%" %*
exit /b %ERRORLEVEL%

rem Sets JDK if the folder is a JDK that is recent enough.
:try
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%R in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "FOUND=%%~R"
for /f "tokens=1 delims=.-+ " %%R in ("%FOUND%") do if %%R GEQ 25 set "JDK=%~1"
exit /b 0

rem Exit code 0 if the program is built and no source is newer.
:fresh
if not exist "%JAR%" exit /b 1
if not exist "%STATE%\built" exit /b 1
powershell -NoProfile -Command "$t=(Get-Item -LiteralPath '%STATE%\built').LastWriteTime; $s=@(Get-ChildItem -LiteralPath '%ROOT%' -Directory | ForEach-Object { Join-Path $_.FullName 'src\main'; Join-Path $_.FullName 'pom.xml' }) + (Join-Path '%ROOT%' 'examples\graph-series') | Where-Object { Test-Path $_ } | ForEach-Object { Get-ChildItem -LiteralPath $_ -Recurse }; if (@($s + (Get-Item -LiteralPath '%ROOT%\pom.xml')) | Where-Object { $_.LastWriteTime -gt $t } | Select-Object -First 1) { exit 1 }"
exit /b %ERRORLEVEL%

:build
where mvn >nul 2>nul
if errorlevel 1 (
  echo tailwalk: needs Maven to build itself the first time; install Maven and put it on PATH 1>&2
  exit /b 2
)
if not exist "%STATE%" mkdir "%STATE%"
echo tailwalk: building, which takes a minute or two the first time ... 1>&2
type nul > "%STATE%\next"
set "JAVA_HOME=%JDK%"
pushd "%ROOT%"
call mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl cli -am package > "%STATE%\build.log" 2>&1
set "STATUS=%ERRORLEVEL%"
popd
if not "%STATUS%"=="0" (
  echo tailwalk: the build failed; its output is in %STATE%\build.log 1>&2
  exit /b 2
)
move /y "%STATE%\next" "%STATE%\built" >nul
exit /b 0

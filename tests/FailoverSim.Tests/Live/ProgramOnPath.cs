namespace FailoverSim.Tests.Live;

/// <summary>The program as one that shells find: a script called <c>failoversim</c>.</summary>
internal static class ProgramOnPath
{
    /// <param name="folder">In which it is put.</param>
    /// <returns>The value of PATH with that folder first.</returns>
    public static string In(string folder)
    {
        string script = Path.Combine(Directory.CreateDirectory(folder).FullName, "failoversim");
        File.WriteAllText(script, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "failoversim.dll")}' \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
    }
}

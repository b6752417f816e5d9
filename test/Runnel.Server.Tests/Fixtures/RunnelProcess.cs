using System.Diagnostics;
using System.Text;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>The server as a person starts it: the built file, in a process of its own.</summary>
public sealed class RunnelProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunnelProcess(string workingDirectory, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [ServerFile, .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Closed at once unless somebody writes: what waits for input gets none.
            RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsConfiguration).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_error, line.Data);
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Completes when it has ended, with its exit code, however long that takes.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Everything on stdout so far.</summary>
    public string Output => Read(_output);

    /// <summary>Everything on stderr so far.</summary>
    public string Error => Read(_error);

    private static string ServerFile
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, "Runnel.Server", own.Name, "Runnel.Server.dll");
        }
    }

    /// <param name="workingDirectory">Data goes below it, unless the arguments say otherwise.</param>
    /// <param name="arguments">The command line.</param>
    public static RunnelProcess Start(string workingDirectory, params string[] arguments) =>
        Start(workingDirectory, [], arguments);

    /// <param name="workingDirectory">Data goes below it, unless the arguments say otherwise.</param>
    /// <param name="environment">Variables beside those of this process, which has none that configure a server.</param>
    /// <param name="arguments">The command line.</param>
    public static RunnelProcess Start(
        string workingDirectory, Dictionary<string, string> environment, params string[] arguments) =>
        StartWithInput(workingDirectory, "", environment, arguments);

    /// <summary>The same with a text on its standard input.</summary>
    public static RunnelProcess StartWithInput(
        string workingDirectory, string input, Dictionary<string, string> environment, params string[] arguments)
    {
        var server = new RunnelProcess(workingDirectory, environment, arguments);
        server._process.Start();
        server._process.StandardInput.Write(input);
        server._process.StandardInput.Close();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>The address, as soon as it answers there.</summary>
    public async Task<Uri> ListeningAsync()
    {
        var exit = _process.WaitForExitAsync();
        if (await Task.WhenAny(_listening.Task, exit).WaitAsync(Patience) == exit && !_listening.Task.IsCompleted)
            throw new InvalidOperationException($"The server ended with {_process.ExitCode}: {Error}{Output}");
        return await _listening.Task;
    }

    /// <summary>The exit code, when it has ended and all it wrote is here.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal by name, as <c>INT</c> or <c>KILL</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(null as IFormatProvider)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // What the machine that runs the tests has set for itself must not reach the server.
    private static bool IsConfiguration(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || name.StartsWith("OPENAI_", StringComparison.Ordinal)
        || name.Contains("__", StringComparison.Ordinal)
        || name is "URLS" or "DOTNET_ENVIRONMENT";

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    private void Take(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.AppendLine(line);
        const string Sign = "Now listening on: ";
        if (line.IndexOf(Sign, StringComparison.Ordinal) is >= 0 and var at)
            _listening.TrySetResult(new Uri(line[(at + Sign.Length)..]));
    }
}

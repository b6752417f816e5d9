using System.Globalization;
using System.Net;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Cluster.Machines;

/// <summary>One of several servers, with its supervisor, who starts it again whenever it ends.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _client;
    private readonly string[] _settings;
    private readonly List<int> _exits = [];
    private TaskCompletionSource _mayStart = new();
    private RunnelProcess? _process;
    private Task _supervising = Task.CompletedTask;
    private bool _isOver;

    public ClusterNode(string name, FaultyLine line, string[] settings)
    {
        (Name, Line) = (name, line);
        Address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        _settings = [$"Urls={Address}", $"Cluster:NodeName={name}", $"Data:Directory={_directory.Path}", .. settings];
        _client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        _mayStart.SetResult();
    }

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>What leads to the database.</summary>
    public FaultyLine Line { get; }

    /// <summary>How it ended, each time.</summary>
    public IReadOnlyList<int> Exits
    {
        get
        {
            lock (_exits)
                return [.. _exits];
        }
    }

    /// <summary>What its present process has written.</summary>
    public string Output => _process?.Output + _process?.Error;

    public void Start() => _supervising = SuperviseAsync();

    /// <summary>Sends a signal by name, as <c>STOP</c> or <c>KILL</c>.</summary>
    public Task SignalAsync(string name) => _process!.SignalAsync(name);

    /// <summary>From now on it stays down when it has ended.</summary>
    public void Hold() => _mayStart = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>It may be started again.</summary>
    public void Release() => _mayStart.TrySetResult();

    /// <summary>Completes when the process that runs now has ended.</summary>
    public async Task<int> EndAsync() => await _process!.EndAsync().WaitAsync(Patience);

    /// <summary>Stops in good order, and waits until it is there again.</summary>
    public async Task RestartAsync()
    {
        var end = EndAsync();
        await SignalAsync("TERM");
        await end;
        await ReadyAsync();
    }

    /// <summary>Waits until it takes requests.</summary>
    public async Task ReadyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await IsReadyAsync())
        {
            if (patience.IsCancellationRequested)
                Assert.Fail($"{Name} is not ready after {Patience}; it ended with {string.Join(", ", Exits)}.\n{Output}");
            await Task.Delay(100); // polls: a node that is not there cannot tell
        }
    }

    /// <summary>What one of its metrics says; 0 when it says nothing.</summary>
    public async Task<double> MetricAsync(string start)
    {
        try
        {
            var text = await _client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            return text.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal))
                .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        Release();
        if (_process is { HasEnded: false })
            await SignalAsync("KILL");
        await _supervising;
        _client.Dispose();
        _directory.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SuperviseAsync()
    {
        while (!_isOver)
        {
            var process = RunnelProcess.Start(_directory.Path, [.. _settings.Select(setting => "--" + setting)]);
            _process = process;
            var code = await process.EndAsync();
            lock (_exits)
                _exits.Add(code);
            await Task.Delay(Pause); // polls: a supervisor waits a moment before it starts again
            await _mayStart.Task;
            await process.DisposeAsync();
        }
    }
}

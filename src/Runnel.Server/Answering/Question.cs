using Runnel.Server.Models;

namespace Runnel.Server.Answering;

/// <summary>What a model is to be asked.</summary>
/// <param name="Id">What it is about, for the server's log: a turn, say.</param>
/// <param name="Model">Who is asked first; another may stand in.</param>
/// <param name="ReadPrompt">What a model is given, read anew for every attempt: it must fit into that model.</param>
internal sealed record Question(
    string Id, ConfiguredModel Model, Func<ConfiguredModel, CancellationToken, Task<Prompt>> ReadPrompt);

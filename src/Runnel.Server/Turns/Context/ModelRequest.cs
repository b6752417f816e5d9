using Runnel.Server.Answering;
using Runnel.Server.Knowledge.Searching;

namespace Runnel.Server.Turns.Context;

/// <summary>What a model is asked.</summary>
/// <param name="Prompt">Who it is, if anybody in particular, then the branch, then the message that is to be answered.</param>
/// <param name="Given">What it is told that the digital human knows.</param>
internal sealed record ModelRequest(Prompt Prompt, IReadOnlyList<KnownFact> Given);

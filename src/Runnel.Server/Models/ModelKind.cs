namespace Runnel.Server.Models;

/// <summary>What speaks at the other end.</summary>
internal enum ModelKind
{
    /// <summary>Any OpenAI-compatible endpoint.</summary>
    OpenAI,

    /// <summary>The built-in demonstration model.</summary>
    Scripted,

    /// <summary>An <c>IChatClient</c> that is registered as a keyed service under the model's name.</summary>
    Registered,
}

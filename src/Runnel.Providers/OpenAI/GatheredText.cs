using System.Text;
using Microsoft.Extensions.AI;

namespace Runnel.Providers.OpenAI;

/// <summary>What came together goes on together: whoever is behind takes ten tokens for the price of one. Not thread-safe.</summary>
internal sealed class GatheredText
{
    private readonly StringBuilder _more = new();
    private List<AIContent>? _parts;
    private string? _first;
    private bool _isReasoning;

    public bool IsEmpty => _first is null && _parts is null;

    public void Add(string text, bool isReasoning)
    {
        if (_first is not null && isReasoning == _isReasoning)
        {
            if (_more.Length == 0) _more.Append(_first);
            _more.Append(text);
            return;
        }

        Close();
        (_first, _isReasoning) = (text, isReasoning);
    }

    /// <summary>All of it in its order, text and reasoning apart; null when there is nothing.</summary>
    public List<AIContent>? Take()
    {
        Close();
        var parts = _parts;
        _parts = null;
        return parts;
    }

    private void Close()
    {
        if (_first is null) return;
        var text = _more.Length == 0 ? _first : _more.ToString();
        _more.Clear();
        _first = null;
        _parts ??= new List<AIContent>(1);
        _parts.Add(_isReasoning ? new TextReasoningContent(text) : new TextContent(text));
    }
}

namespace Runnel.Server.Training.Structured;

/// <summary>What was read of a model's answer, or why it is not of the form.</summary>
internal readonly record struct Reading<T>(T? Value, string? Complaint)
{
    public static implicit operator Reading<T>(T value) => new(value, null);

    public static Reading<T> Wrong(string complaint) => new(default, complaint);
}

namespace Runnel.Server.Training.Structured;

/// <summary>A model's answer is not of the form that it was asked for. The message is for the model, which may try again.</summary>
internal sealed class WrongAnswerException(string message) : Exception(message);

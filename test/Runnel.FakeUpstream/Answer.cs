namespace Runnel.Fakes;

/// <summary>Answers one request. It ends when the task ends; the token is cancelled when the client has gone.</summary>
public delegate Task Answer(AnswerWriter writer, CancellationToken clientGone);
